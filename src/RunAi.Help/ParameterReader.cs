using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace RunAi.Help;

/// <summary>Reads the parameters of a command: from its attributes, its doc comments, its completers and its initial values.</summary>
internal sealed partial class ParameterReader
{
    private static readonly Dictionary<string, string> Common = new()
    {
        ["WhatIf"] = "Shows what would be done, and does nothing.",
        ["Confirm"] = "Asks before anything is done.",
    };

    /// <summary>Completers whose words are the same everywhere; the others ask a control plane, a store or the configuration.</summary>
    private static readonly string[] FixedCompleters =
    [
        "StepSettingCompleter", "SettingGroupCompleter", "DistributionCompleter", "PhaseCompleter", "StatusCompleter",
    ];

    private readonly DocComments _comments;

    public ParameterReader(DocComments comments) => _comments = comments;

    /// <summary>True for -WhatIf and -Confirm.</summary>
    public static bool IsCommon(string name) => Common.ContainsKey(name);

    /// <summary>
    /// The parameters of a set, by position and then in the order of the source; those that every command has are left out.
    /// </summary>
    public IReadOnlyList<ParameterHelp> Read(CmdletInfo command, CommandParameterSetInfo set)
    {
        var initial = Activator.CreateInstance(command.ImplementingType)!;
        return [.. set.Parameters
            .Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name))
            .OrderBy(parameter => parameter.Position < 0 ? int.MaxValue : parameter.Position)
            .ThenBy(parameter => IsCommon(parameter.Name))
            .Select(parameter => Read(command, parameter, initial))];
    }

    private ParameterHelp Read(CmdletInfo command, CommandParameterInfo parameter, object initial)
    {
        var said = Common.GetValueOrDefault(parameter.Name)
            ?? string.Join(" ", _comments.Paragraphs(command.ImplementingType.GetProperty(parameter.Name)!, "description"));
        var accepted = AcceptedValues(command, parameter);
        var description = string.Join(" ", new[] { said, Unit(parameter, said), Range(parameter, said) }.Where(part => part.Length > 0));
        return new ParameterHelp
        {
            Name = parameter.Name,
            Description = description,
            Type = TypeNames.Short(parameter.ParameterType),
            IsMandatory = parameter.IsMandatory,
            Position = parameter.Position < 0 ? null : parameter.Position,
            TakesPipeline = parameter.ValueFromPipeline,
            TakesProperty = parameter.ValueFromPipelineByPropertyName,
            TakesWildcards = parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any(),
            Aliases = [.. parameter.Aliases],
            AcceptedValues = accepted,
            Default = parameter.IsMandatory ? null : Default(command, parameter, initial, said),
        };
    }

    private static string Unit(CommandParameterInfo parameter, string said) =>
        Has(parameter, "SecondsAttribute") && !said.Contains("second", StringComparison.OrdinalIgnoreCase)
            ? "In seconds, as text such as 90s, 24h or 1d12h, or as a TimeSpan."
            : "";

    private static string Range(CommandParameterInfo parameter, string said)
    {
        if (parameter.Attributes.OfType<ValidateRangeAttribute>().SingleOrDefault() is { MinRange: not null } range)
        {
            return range.MaxRange is int.MaxValue or double.MaxValue
                ? Invariant($"At least {range.MinRange}.")
                : Invariant($"From {range.MinRange} to {range.MaxRange}.");
        }

        var isWhole = parameter.Attributes.Any(attribute => attribute.GetType() is { Name: "InvariantNumberAttribute" } type
            && (bool)type.GetProperty("Whole")!.GetValue(attribute)!);
        return isWhole && !said.Contains("whole", StringComparison.OrdinalIgnoreCase) ? "A whole number." : "";
    }

    private static string[] AcceptedValues(CmdletInfo command, CommandParameterInfo parameter)
    {
        if (parameter.Attributes.OfType<ValidateSetAttribute>().SingleOrDefault() is { } set)
        {
            return [.. set.ValidValues];
        }

        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        type = type.IsArray ? type.GetElementType()! : type;
        if (type.IsEnum)
        {
            return Enum.GetNames(type);
        }

        var completer = parameter.Attributes.OfType<ArgumentCompleterAttribute>().SingleOrDefault()?.Type;
        return completer is not null && FixedCompleters.Contains(completer.Name)
            ? [.. ((IArgumentCompleter)Activator.CreateInstance(completer)!)
                .CompleteArgument(command.Name, parameter.Name, "", null!, new Hashtable())
                .Select(result => result.CompletionText.Trim('\''))]
            : [];
    }

    /// <summary>What the property holds at the start, else what the text says: "1 unless given", "the current folder by default".</summary>
    private static string? Default(CmdletInfo command, CommandParameterInfo parameter, object initial, string said)
    {
        if (IsCommon(parameter.Name) || parameter.ParameterType == typeof(SwitchParameter))
        {
            return "False";
        }

        if (command.Verb == "Set")
        {
            return "what it was";
        }

        var told = SaidDefault().Match(said);
        if (told.Success)
        {
            return told.Groups["value"].Value.Trim();
        }

        return command.ImplementingType.GetProperty(parameter.Name)!.GetValue(initial) switch
        {
            null or "" or Array { Length: 0 } or int.MaxValue => null,
            Array list => string.Join(", ", list.Cast<object>().Select(item => Invariant($"{item}"))),
            var value => Invariant($"{value}"),
        };
    }

    private static bool Has(CommandParameterInfo parameter, string attribute) =>
        parameter.Attributes.Any(given => given.GetType().Name == attribute);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?:^|[;.] )(?<value>(?:(?![;.] ).)+?),? (?:unless given|by default)")]
    private static partial Regex SaidDefault();
}
