using Newtonsoft.Json.Linq;

namespace RunAi.EndToEnd.Tests.Policies;

/// <summary>A field that policies have rules for, as Run:ai's OpenAPI document describes it.</summary>
/// <param name="Section">The names that lead to the field from the spec, or from the item of <paramref name="List"/>.</param>
/// <param name="Name">Its own name.</param>
/// <param name="List">The names that lead to the list the field's item is in; empty for a field that is in none.</param>
/// <param name="Rules">The kinds of rules it has.</param>
/// <param name="Values">Values it may have, the smallest first.</param>
internal sealed record PolicyField(
    IReadOnlyList<string> Section, string Name, IReadOnlyList<string> List, IReadOnlySet<string> Rules, IReadOnlyList<JToken> Values)
{
    /// <summary>The field as the control plane names it.</summary>
    public string Path { get; } = string.Join(".", [.. List, .. Section, Name]);

    public bool IsInList => List.Count > 0;

    /// <summary>True for a field of whole lists: whether items may be added or changed.</summary>
    public bool IsInstances => Rules.Contains("canAdd");
}
