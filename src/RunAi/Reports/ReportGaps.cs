using RunAi.Wording;

namespace RunAi.Reports;

/// <summary>Gathers what of a report could not be read, so that the rest of it is made all the same.</summary>
internal sealed class ReportGaps
{
    private readonly List<string> _found = [];

    /// <summary>What could not be read, each with the reason.</summary>
    public IReadOnlyList<string> Found => _found;

    /// <summary>Reads something; null when that fails.</summary>
    /// <param name="what">What is read, as the beginning of a sentence.</param>
    /// <param name="read">Reads it.</param>
    public async Task<T?> TryAsync<T>(string what, Func<Task<T>> read)
        where T : class
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (RunAiException failure)
        {
            _found.Add($"{what}: {Reason.Of(failure)}");
            return null;
        }
    }
}
