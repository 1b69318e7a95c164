using RunAi.Wording;

namespace RunAi.Organisation;

/// <summary>The errors of naming a part of the organisation, each with what there is.</summary>
internal static class OrganisationErrors
{
    private const int MostNames = 20;

    public static RunAiException NotFound(
        string errorId, string what, StepOperator stepOperator, string name, IReadOnlyCollection<string> visible) => new(
        errorId,
        $"No {what} named '{name}' can be seen at {stepOperator.RunAiBaseUrl} with the credentials of '{stepOperator.Name}'. "
        + (NearestName.Of(name, visible) is { } nearest ? $"Did you mean '{nearest}'? " : "")
        + (visible.Count == 0
            ? "They see none at all: ask an administrator for an access rule."
            : $"There are: {string.Join(", ", visible.OrderBy(static n => n, StringComparer.OrdinalIgnoreCase).Take(MostNames))}"
                + (visible.Count > MostNames ? $" and {visible.Count - MostNames} more." : ".")))
        {
            Target = name,
        };
}
