using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace RunAi.PowerShell.Tests.Engine;

/// <summary>
/// Finds what the documentation asks of a cluster: settings of steps, replicas, and values that tables and sentences give as examples.
/// </summary>
internal static partial class DocumentedRequests
{
    private static readonly string[] StepCommands = ["Submit-RunAiStep", "Invoke-RunAiStep", "New-RunAiStep", "Test-RunAiStep"];

    /// <summary>Parameters of the commands that take a step which decide what the cluster must have.</summary>
    private static readonly string[] StepParameters =
        ["Settings", "MasterSettings", "DistributedFramework", "Workers", "NoMaster", "MinReplicas", "MaxReplicas"];

    /// <summary>Commands whose object is the value of a setting.</summary>
    private static readonly Dictionary<string, string> SettingCommands = new(StringComparer.OrdinalIgnoreCase)
    {
        ["New-RunAiMount"] = "Mount",
        ["New-RunAiToleration"] = "Toleration",
        ["New-RunAiNodeAffinity"] = "NodeAffinity",
        ["New-RunAiPodAffinity"] = "PodAffinity",
        ["New-RunAiSecurityContext"] = "SecurityContext",
        ["New-RunAiPort"] = "Port",
        ["New-RunAiExposedUrl"] = "ExposedUrl",
        ["New-RunAiRelatedUrl"] = "RelatedUrl",
        ["New-RunAiProbe"] = "ReadinessProbe",
        ["New-RunAiImagePullSecret"] = "ImagePullSecret",
    };

    /// <summary>The names of step settings, from the table in docs/settings.md.</summary>
    private static readonly HashSet<string> Settings =
        [.. SettingNames().Matches(DocumentedText.Pages().First(page => page.Source == "docs/settings.md").Text)
            .SelectMany(row => row.Groups["names"].Value.Split(", "))];

    /// <summary>The page of what is refused.</summary>
    private const string Refused = "docs/cases.md";

    /// <summary>All requests, each once, but those that are shown because they are refused.</summary>
    public static IReadOnlyList<DocumentedRequest> All() =>
        [.. DocumentedText.Scripts().SelectMany(script => OfScript(script.Source, script.Script))
            .Concat(DocumentedText.Pages().SelectMany(page => OfProse(page.Source, page.Text)))
            .Where(request => request.Source != Refused)
            .DistinctBy(request => request.Arguments)];

    private static IEnumerable<DocumentedRequest> OfScript(string source, string script)
    {
        var tree = Parser.ParseInput(script, out _, out var errors);
        Assert.True(
            errors.Length == 0,
            $"{source} shows what is no PowerShell: {script}\n{string.Join("\n", errors.Select(error => error.Message))}");
        return tree.FindAll(static node => node is CommandAst, searchNestedScriptBlocks: true)
            .Cast<CommandAst>()
            .SelectMany(ArgumentsOf)
            .Where(static arguments => arguments.Length > 0)
            .Select(arguments => new DocumentedRequest(source, arguments));
    }

    private static IEnumerable<string> ArgumentsOf(CommandAst command)
    {
        var name = command.GetCommandName() ?? "";
        if (name == "New-RunAiStepSettings")
        {
            yield return $"-Settings ({command.Extent.Text})";
        }
        else if (SettingCommands.TryGetValue(name, out var setting) && !IsPartOfSettings(command))
        {
            yield return $"-Settings @{{ {setting} = ({command.Extent.Text}) }}";
        }
        else if (name.EndsWith("-RunAiStepOperator", StringComparison.Ordinal))
        {
            yield return string.Join(" ", Given(command, ["DefaultSettings"]).Select(static given => given.Replace(
                "-DefaultSettings", "-Settings", StringComparison.Ordinal)));
        }
        else if (StepCommands.Contains(name))
        {
            yield return string.Join(" ", Given(command, StepParameters));
        }
    }

    private static bool IsPartOfSettings(Ast node) =>
        node.Parent is { } parent
        && ((parent is CommandAst command && command.GetCommandName() == "New-RunAiStepSettings") || IsPartOfSettings(parent));

    /// <summary>The parameters as they are written, without those whose value is a variable: what that holds stands elsewhere.</summary>
    private static IEnumerable<string> Given(CommandAst command, string[] parameters)
    {
        for (var i = 0; i < command.CommandElements.Count; i++)
        {
            if (command.CommandElements[i] is not CommandParameterAst parameter
                || !parameters.Contains(parameter.ParameterName, StringComparer.OrdinalIgnoreCase))
            {
                continue;
            }

            var value = i + 1 < command.CommandElements.Count && command.CommandElements[i + 1] is not CommandParameterAst
                ? command.CommandElements[i + 1]
                : null;
            if (value?.Find(IsVariable, searchNestedScriptBlocks: true) is null)
            {
                yield return value is null ? parameter.Extent.Text : $"{parameter.Extent.Text} {value.Extent.Text}";
            }
        }
    }

    private static bool IsVariable(Ast node) => node is VariableExpressionAst
    {
        VariablePath: { IsDriveQualified: false, UserPath: not ("true" or "false" or "null") },
    };

    /// <summary>
    /// Table rows such as <c>| GpuMemoryRequest | | a quantity such as 10G; ... |</c> and words in sentences such as <c>`-GpuPortionRequest
    /// 0.5`</c>.
    /// </summary>
    private static IEnumerable<DocumentedRequest> OfProse(string source, string text)
    {
        var rows = TableRow().Matches(text).Select(row => Setting(row.Groups["name"].Value, row.Groups["value"].Value));
        var words = Parameter().Matches(text)
            .Where(word => Settings.Contains(word.Groups["name"].Value))
            .Select(word => Setting(word.Groups["name"].Value, Quoted(word.Groups["value"].Value)));
        return rows.Concat(words).Select(arguments => new DocumentedRequest(source, arguments));
    }

    private static string Setting(string name, string value)
    {
        value = value.StartsWith("@{", StringComparison.Ordinal) ? value : Quoted(value);
        return name.StartsWith("GpuMemory", StringComparison.Ordinal)
            ? $"-Settings @{{ GpuRequestType = 'memory'; {name} = {value} }}"
            : $"-Settings @{{ {name} = {value} }}";
    }

    private static string Quoted(string value) => $"'{value.Trim('\'')}'";

    [GeneratedRegex(@"^\| *(?<name>[A-Z]\w+)[^|]*\|[^|]*\|[^|]*such as (?<value>@\{[^}]*\}|[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    [GeneratedRegex(@"^\| (?<names>[A-Z]\w+(?:, [A-Z]\w+)*) \|", RegexOptions.Multiline)]
    private static partial Regex SettingNames();

    [GeneratedRegex(@"`-(?<name>[A-Z]\w+) (?<value>[^`\s]+)`")]
    private static partial Regex Parameter();
}
