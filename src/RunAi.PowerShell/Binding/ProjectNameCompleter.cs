using RunAi.ControlPlane;
using RunAi.Operators;

namespace RunAi.PowerShell.Binding;

/// <summary>Completes the names of projects.</summary>
public sealed class ProjectNameCompleter : LiveNameCompleter
{
    private protected override async Task<IEnumerable<(string Name, string Tooltip)>> NamesAsync(
        StepOperatorConnection connection, string typed, CancellationToken cancellationToken)
    {
        var query = new ListQuery { Filters = Filter.CanExpress(typed) ? [Filter.StartsWith("name", typed)] : [] };
        List<(string, string)> names = [];
        await connection.Client.EachProjectAsync(query, Most, Take, () => true, cancellationToken).ConfigureAwait(false);
        return names;

        Task Take(IReadOnlyList<ControlPlane.Wire.ProjectRecord> page)
        {
            names.AddRange(page.Select(static project => (project.Name, $"{project.Name} ({project.Status?.Phase})")));
            return Task.CompletedTask;
        }
    }
}
