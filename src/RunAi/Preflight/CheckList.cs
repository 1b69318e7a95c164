namespace RunAi.Preflight;

/// <summary>The checks of one step as they are made; one that cannot be made does not keep the others from being made.</summary>
internal sealed class CheckList
{
    private readonly string _step;
    private readonly List<StepCheck> _checks = [];

    public CheckList(string step) => _step = step;

    public IReadOnlyList<StepCheck> Checks => _checks;

    public StepCheck Add(
        string name, StepCheckStatus status, string message, string? field = null, string? scope = null, string? remedy = null)
    {
        var check = new StepCheck(_step, name, status, message) { Field = field, Scope = scope, Remedy = remedy };
        _checks.Add(check);
        return check;
    }

    public void Pass(string name, string message) => Add(name, StepCheckStatus.Passed, message);

    public void Skip(string name, string why) => Add(name, StepCheckStatus.Skipped, why);

    /// <summary>
    /// Makes a check. A control plane that does not have what is asked for, or does not let the credentials see it, leaves it open; any
    /// other failure is the check's.
    /// </summary>
    /// <returns>What the check found; null when it could not be made.</returns>
    public async Task<T?> TryAsync<T>(string name, Func<Task<T>> work)
        where T : class?
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (RunAiApiException e) when (e.ErrorId is ErrorIds.PermissionDenied or ErrorIds.ApiError && e.StatusCode is 403 or 404)
        {
            Skip(name, e.Message);
        }
        catch (RunAiException e)
        {
            Add(name, StepCheckStatus.Failed, e.Message);
        }

        return null;
    }

    /// <summary>Makes a check that finds nothing to go on with.</summary>
    public Task TryAsync(string name, Func<Task> work) => TryAsync(name, async () =>
    {
        await work().ConfigureAwait(false);
        return this;
    });
}
