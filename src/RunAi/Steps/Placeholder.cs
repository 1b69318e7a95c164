using System.Text.RegularExpressions;
using RunAi.Wording;

namespace RunAi.Steps;

/// <summary>Finds <c>{{...}}</c> in commands and environment values: words of the run, or references to secrets.</summary>
internal static class Placeholder
{
    private static readonly Regex OfTheRun = new(
        @"\{\{\s*(inputs|outputs|checkpoint)\b[^{}]*\}\}", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static readonly Regex WellFormed = new(
        @"\A\{\{(?:(?<kind>inputs|outputs)\.(?<name>[^{}\s]+)|(?<kind>checkpoint))\}\}\z", RegexOptions.CultureInvariant);

    private static readonly Regex Any = new(@"\{\{\s*[A-Za-z0-9_][^{}]*\}\}", RegexOptions.CultureInvariant);

    /// <summary>The first placeholder whose first word is inputs, outputs or checkpoint, or null.</summary>
    public static string? Reserved(string text) => OfTheRun.Match(text) is { Success: true } match ? match.Value : null;

    /// <summary>
    /// True when the text is or holds a secret reference: <c>{{secret.key}}</c>, <c>{{vault/secret.key}}</c>, <c>{{env:NAME}}</c>.
    /// </summary>
    public static bool HoldsSecretReference(string text) => Any.IsMatch(OfTheRun.Replace(text, ""));

    /// <summary>A sentence for each placeholder of a command's word that stands for nothing the step has.</summary>
    public static IEnumerable<string> Flaws(
        string word, IReadOnlyCollection<string> inputs, IReadOnlyCollection<string> outputs, bool checkpoint)
    {
        foreach (Match match in OfTheRun.Matches(word))
        {
            var form = WellFormed.Match(match.Value);
            var kind = form.Groups["kind"].Value;
            if (!form.Success)
            {
                yield return $"{match.Value} is no placeholder. Write {{{{inputs.NAME}}}}, {{{{outputs.NAME}}}} or {{{{checkpoint}}}}.";
            }
            else if (kind == "checkpoint")
            {
                if (!checkpoint)
                {
                    yield return "{{checkpoint}} needs -Checkpoint, which keeps that folder.";
                }
            }
            else if (Unknown(match.Value, kind, form.Groups["name"].Value, kind == "inputs" ? inputs : outputs) is { } flaw)
            {
                yield return flaw;
            }
        }
    }

    /// <summary>What to tell of a reserved placeholder in the value of an environment variable.</summary>
    public static string NotInEnvironment(string placeholder) =>
        $"{placeholder} is replaced in the command only. In the container, RUNAI_INPUT_NAME, RUNAI_OUTPUT_NAME and RUNAI_CHECKPOINT "
        + "hold the paths.";

    private static string? Unknown(string placeholder, string kind, string name, IReadOnlyCollection<string> known)
    {
        if (known.Contains(name, StringComparer.Ordinal))
        {
            return null;
        }

        var add = kind == "inputs" ? $"-Input @{{ {name} = 'PATH' }}" : $"-Output {name}";
        return known.Count == 0
            ? $"{placeholder} names nothing: the step has no {kind}. Add {add}."
            : $"{placeholder} names none of the step's {kind}. {Suggestion.For(name, known)} Or add {add}.";
    }
}
