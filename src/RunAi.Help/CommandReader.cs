using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text.RegularExpressions;

namespace RunAi.Help;

/// <summary>Reads commands of the built module, and what their doc comments say of them.</summary>
internal sealed partial class CommandReader
{
    private readonly DocComments _comments;
    private readonly ParameterReader _parameters;
    private readonly HashSet<string> _names;

    private CommandReader(DocComments comments, IEnumerable<string> names) =>
        (_comments, _parameters, _names) = (comments, new ParameterReader(comments), [.. names]);

    /// <summary>Imports the module and reads all its commands, by their nouns.</summary>
    /// <param name="rootModule">The path of RunAi.PowerShell.dll in the module.</param>
    /// <param name="comments">The doc comments of that assembly.</param>
    public static IReadOnlyList<CommandHelp> Read(string rootModule, DocComments comments)
    {
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using var shell = System.Management.Automation.PowerShell.Create(runspace);
        var module = shell.AddCommand("Import-Module").AddParameter("Name", rootModule)
            .AddParameter("PassThru").Invoke<PSModuleInfo>().SingleOrDefault()
            ?? throw new InvalidOperationException($"{rootModule} was not imported: {string.Join(" ", shell.Streams.Error)}");

        // Completers and initial values of commands ask for the runspace that they run in.
        Runspace.DefaultRunspace = runspace;
        var reader = new CommandReader(comments, module.ExportedCmdlets.Keys);
        return [.. module.ExportedCmdlets.Values.OrderBy(command => command.Noun, StringComparer.Ordinal)
            .ThenBy(command => command.Verb, StringComparer.Ordinal).Select(reader.Read)];
    }

    private CommandHelp Read(CmdletInfo command)
    {
        var sets = command.ParameterSets.Select(set => new ParameterSetHelp(
            set.Name, set.IsDefault, _parameters.Read(command, set))).ToList();
        var parameters = sets.SelectMany(set => set.Parameters).GroupBy(parameter => parameter.Name).Select(Together).ToList();
        var description = _comments.Paragraphs(command.ImplementingType, "description");
        var examples = _comments.Examples(command.ImplementingType);
        var texts = description.Concat(parameters.Select(parameter => parameter.Description)).Concat(
            examples.Select(example => example.Code + " " + example.Remarks));
        return new CommandHelp(
            command.Name,
            string.Join(" ", _comments.Paragraphs(command.ImplementingType, "synopsis")),
            description,
            [.. parameters.OrderBy(parameter => parameter.Position ?? int.MaxValue)
                .ThenBy(parameter => ParameterReader.IsCommon(parameter.Name))],
            sets,
            Inputs(command, parameters),
            Outputs(command.OutputType),
            examples,
            Related(command, string.Join(" ", texts)));
    }

    /// <summary>A parameter of several sets: mandatory when it is in all, and fed by the pipeline when it is in one.</summary>
    private static ParameterHelp Together(IEnumerable<ParameterHelp> inSets)
    {
        var all = inSets.ToList();
        return all[0] with
        {
            IsMandatory = all.TrueForAll(parameter => parameter.IsMandatory),
            Position = all.Min(parameter => parameter.Position),
            TakesPipeline = all.Exists(parameter => parameter.TakesPipeline),
            TakesProperty = all.Exists(parameter => parameter.TakesProperty),
        };
    }

    private static List<TypeHelp> Inputs(CmdletInfo command, IEnumerable<ParameterHelp> parameters)
    {
        var inputs = parameters.Where(parameter => parameter.TakesPipeline)
            .Select(parameter => new TypeHelp(
                TypeNames.Full(command.Parameters[parameter.Name].ParameterType), $"-{parameter.Name}: {parameter.Description}"))
            .ToList();
        var byName = parameters.Where(parameter => parameter.TakesProperty).Select(parameter => "-" + parameter.Name).ToList();
        if (byName.Count > 0)
        {
            inputs.Add(new TypeHelp(
                "System.Management.Automation.PSObject",
                $"Properties of these names, or of their aliases, are taken: {string.Join(", ", byName)}."));
        }

        return inputs.Count > 0 ? inputs : [new TypeHelp("None", "Nothing is taken from the pipeline.")];
    }

    private static List<TypeHelp> Outputs(ReadOnlyCollection<PSTypeName> types) =>
        types.Count > 0 ? [.. types.Select(type => new TypeHelp(type.Name, ""))] : [new TypeHelp("None", "Nothing comes back.")];

    /// <summary>Commands of the same noun, those that the text names, and the topic that explains the terms.</summary>
    private List<string> Related(CmdletInfo command, string text) =>
        [.. _names.Where(name => name.EndsWith("-" + command.Noun, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Concat(CommandName().Matches(text).Select(match => match.Value).Where(_names.Contains))
            .Where(name => name != command.Name)
            .Distinct()
            .Append("about_RunAi")];

    [GeneratedRegex(@"\b[A-Z][a-z]+-RunAi\w*")]
    private static partial Regex CommandName();
}
