using RunAi.ControlPlane.Wire;

namespace RunAi.ControlPlane;

/// <summary>What to say when a project's name leads to none or to several.</summary>
internal static class ProjectAdvice
{
    private const int MaxNames = 20;

    public static RunAiException NotFound(ControlPlaneSession session, string name, IReadOnlyList<ProjectRecord> visible)
    {
        var names = visible.Select(static p => p.Name).OrderBy(static n => n, StringComparer.Ordinal).ToArray();
        var closest = names.Length == 0 ? null : names.OrderBy(n => Distance(n, name)).First();
        var near = closest is not null && Distance(closest, name) <= Math.Max(2, name.Length / 3);
        var list = string.Join(", ", names.Take(MaxNames)) + (names.Length > MaxNames ? $" and {names.Length - MaxNames} more" : "");
        return new RunAiException(
            ErrorIds.ProjectNotFound,
            $"The client id '{session.ClientId}' can see no project '{name}' at {session.BaseUrl}. "
            + (near ? $"Did you mean '{closest}'? " : "")
            + (names.Length == 0
                ? "It can see no project at all: ask an administrator for an access rule in the project."
                : $"It can see: {list}."))
        {
            Target = name,
        };
    }

    public static RunAiException Ambiguous(ControlPlaneSession session, string name, IReadOnlyList<ProjectRecord> found) => new(
        ErrorIds.ProjectNotFound,
        $"There is more than one project '{name}' at {session.BaseUrl}: "
        + string.Join(", ", found.Select(static p => $"id {p.Id} on cluster {p.ClusterId}")) + ". Rename one of them, or use credentials "
        + "that see only one.")
    {
        Target = name,
    };

    // Levenshtein, ignoring case: the usual slips are a letter too many, too few or another one.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]);
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (same ? 0 : 1)));
            }
        }

        return row[b.Length];
    }
}
