using RunAi.ControlPlane.Wire;
using RunAi.Wording;

namespace RunAi.ControlPlane;

/// <summary>What to say when a project's name leads to none or to several.</summary>
internal static class ProjectErrors
{
    private const int MaxNames = 20;

    public static RunAiException NotFound(ControlPlaneSession session, string name, IReadOnlyList<ProjectRecord> visible)
    {
        var names = visible.Select(static p => p.Name).OrderBy(static n => n, StringComparer.Ordinal).ToArray();
        var list = string.Join(", ", names.Take(MaxNames)) + (names.Length > MaxNames ? $" and {names.Length - MaxNames} more" : "");
        return new RunAiException(
            ErrorIds.ProjectNotFound,
            $"The client id '{session.ClientId}' can see no project '{name}' at {session.BaseUrl}. "
            + (NearestName.Of(name, names) is { } closest ? $"Did you mean '{closest}'? " : "")
            + (names.Length == 0
                ? "It can see no project at all: ask an administrator for an access rule in the project."
                : $"It can see: {list}. Correct it with Set-RunAiStepOperator -ProjectName, or ask for a role in the project."))
        {
            Target = name,
        };
    }

    public static RunAiException Ambiguous(ControlPlaneSession session, string name, IReadOnlyList<ProjectRecord> found) => new(
        ErrorIds.ProjectNotFound,
        $"There is more than one project '{name}' at {session.BaseUrl}: "
        + string.Join(", ", found.Select(static p => $"id {p.Id} on cluster {p.ClusterId}"))
        + ". Rename one of them, or use credentials that see only one.")
    {
        Target = name,
    };
}
