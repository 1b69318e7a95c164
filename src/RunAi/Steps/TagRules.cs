using System.Collections;

namespace RunAi.Steps;

/// <summary>The rules for the tags of a step.</summary>
internal static class TagRules
{
    private const int Most = 50;
    private const int LongestName = 63;
    private const int LongestValue = 256;

    /// <summary>What is wrong with tags.</summary>
    public static IEnumerable<Violation> Violations(IDictionary? tags)
    {
        if (tags is null)
        {
            yield break;
        }

        if (tags.Count > Most)
        {
            yield return new Violation(nameof(Step.Tag), $"has {tags.Count} entries; {Most} are the most.");
        }

        foreach (DictionaryEntry tag in tags)
        {
            var name = tag.Key.ToString() ?? "";
            var field = $"{nameof(Step.Tag)}.{name}";
            if (name.Trim().Length == 0 || name.Length > LongestName)
            {
                yield return new Violation(nameof(Step.Tag), $"has the name '{name}'. Expected 1 to {LongestName} characters.");
            }
            else if (tag.Value is not (null or string or bool or IConvertible))
            {
                yield return new Violation(field, "is no text, number or switch. A tag has one value.");
            }
            else if (tag.Value is string { Length: > LongestValue } text)
            {
                yield return new Violation(field, $"has {text.Length} characters; {LongestValue} are the most.");
            }
            else if (tag.Value is string given && Placeholder.HoldsSecretReference(given))
            {
                yield return new Violation(field, "refers to a secret. Tags are kept as they are, in the run's record.");
            }
        }
    }
}
