using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using RunAi.Help;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

/// <summary>The help of every command is complete, its examples are PowerShell that binds, and the pages made of it are current.</summary>
public sealed class HelpTests(HelpTests.Help help) : IClassFixture<HelpTests.Help>
{
    /// <summary>Types of numbers and times, of which a reader must learn the unit or the range.</summary>
    private static readonly string[] Measures = ["Int32", "Int64", "Double", "TimeSpan"];

    private static readonly string[] UnitsAndRanges =
        [
            "second", "minutes", "cores", "devices", "portion", "port", "whole number", "at least", "from ", "process id",
            "milliseconds", "bytes",
        ];

    [Fact]
    public void EveryCommand_HasSynopsisDescriptionAndTwoExplainedExamples()
    {
        using var shell = new Shell();
        var exported = shell.Run("(Get-Command -Module RunAi).Name").Output.Select(name => name.ToString()!).Order(StringComparer.Ordinal);

        Assert.Equal(exported, help.Commands.Select(command => command.Name).Order(StringComparer.Ordinal));
        Assert.Equal([], help.Commands.SelectMany(Flaws));
    }

    [Fact]
    public void EveryParameter_SaysWhatItMeans_AndNumbersTheirUnitOrRange() => Assert.Equal([], help.Commands.SelectMany(command =>
        command.Parameters.Where(parameter => !IsExplained(parameter))
            .Select(parameter => $"{command.Name} -{parameter.Name}: {parameter.Description}")));

    /// <summary>One matrix over all commands: a parameter of one name is of one type.</summary>
    [Fact]
    public void Parameters_OfOneName_HaveOneType()
    {
        // They are different things in different commands.
        string[] differing = ["ClientSecret", "Credential", "Emulator", "State", "Timeout", "Port", "Container", "Scope", "Tag"];
        var matrix = help.Commands.SelectMany(command => command.Parameters).GroupBy(parameter => parameter.Name)
            .Where(same => !differing.Contains(same.Key));

        Assert.Equal([], matrix.Where(same => same.Select(parameter => parameter.Type.TrimEnd('[', ']')).Distinct().Count() > 1)
            .Select(same => same.Key));
    }

    [Fact]
    public void EveryExample_ParsesAndBinds()
    {
        var examples = help.Commands.SelectMany(command => command.Examples.Select(example => (Source: command.Name, example.Code)));
        var (flaws, bound) = Bind(examples.Concat(DocumentedText.Scripts().Select(script => (script.Source, Code: script.Script))));

        Assert.Equal([], flaws);
        Assert.InRange(bound, 400, int.MaxValue);
    }

    [Theory]
    [InlineData("Get-RunAiNode -NodePoool a100")]
    [InlineData("New-RunAiMount -Pvc a -Secret b /x")]
    [InlineData("Get-RunAiNode a b c")]
    [InlineData("Get-RunAiNode -SortBy")]
    [InlineData("Get-RunAiNode (")]
    public void WrongExample_IsFound(string code) => Assert.NotEmpty(Bind([("wrong", code)]).Flaws);

    [Fact]
    public void Pages_AreWhatTheCommandsSay()
    {
        var folder = Path.Combine(Checkout.Root, "docs", "reference");
        var pages = ReferencePages.Pages(help.Commands);

        Assert.Equal(
            pages.Keys.Order(StringComparer.Ordinal),
            Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        var stale = pages.Where(page => File.ReadAllText(Path.Combine(folder, page.Key)).ReplaceLineEndings("\n") != page.Value)
            .Select(page => page.Key);
        Assert.True(!stale.Any(), $"Stale: {string.Join(", ", stale)}. Write them with: dotnet run --project src/RunAi.Help");
    }

    [Fact]
    public void SettingsTable_IsWhatTheSchemaSays()
    {
        var page = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "settings.md")).ReplaceLineEndings("\n");
        var rows = SettingRow.All();

        var parameters = help.Commands.Single(command => command.Name == "New-RunAiStepSettings").Parameters
            .Select(parameter => parameter.Name);
        Assert.Equal(parameters.Order(StringComparer.Ordinal), rows.Select(row => row.Name).Order(StringComparer.Ordinal));
        Assert.True(
            SettingsTable.In(page, rows, help.Commands) == page,
            "Stale: docs/settings.md. Write it with: dotnet run --project src/RunAi.Help");
        Assert.Contains(
            "\n| CpuCoreRequest | 1.0 | CPU cores, above 0. 1.0 unless given. | `cpu_core_request` |\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void SettingsTable_OfAPageWithoutItsPlace_IsNotWritten() =>
        Assert.Throws<InvalidDataException>(() => SettingsTable.In("# Settings\n", SettingRow.All(), help.Commands));

    [Fact]
    public void Links_BetweenPages_LeadSomewhere()
    {
        var pages = Directory.GetFiles(Path.Combine(Checkout.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(Checkout.Root, "README.md"));
        var links = pages.SelectMany(page => System.Text.RegularExpressions.Regex
            .Matches(File.ReadAllText(page), @"\]\((?<target>[^)#: ]+)(?:#[^)]*)?\)")
            .Select(link => (Page: page, Target: link.Groups["target"].Value)));
        Assert.Equal([], links.Where(link => !Path.Exists(Path.Combine(Path.GetDirectoryName(link.Page)!, link.Target)))
            .Select(link => $"{link.Page}: {link.Target}"));
    }

    [Theory]
    [InlineData("New-RunAiStepSettings", "GpuPortionRequest", "1.0")]
    [InlineData("Register-RunAiStepOperator", "MonitoringInterval", "30 seconds")]
    [InlineData("Set-RunAiStepOperator", "MonitoringInterval", "what it was")]
    [InlineData("Get-RunAiWorkloadMetric", "End", "the workload's end, or now")]
    [InlineData("New-RunAiStep", "SshAuthMountPath", "/root/.ssh")]
    [InlineData("Invoke-RunAiRestMethod", "Method", "GET")]
    public void Default_IsThatOfTheTextOrOfTheProperty(string command, string parameter, string expected) =>
        Assert.Equal(
            expected, help.Commands.Single(known => known.Name == command).Parameters.Single(known => known.Name == parameter).Default);

    [Fact]
    public void Topic_OfAPage_HasItsTextInEightyColumns()
    {
        var topic = AboutTopics.Topic(
            "about_X", "# about_X\n\nWhat it [is](page.md).\n\n## Part `one`\n\n- a `b`\n- c\n\n```powershell\nGet-X\n```\n\n"
                + string.Join(' ', Enumerable.Repeat("word", 30)));

        Assert.StartsWith(
            "TOPIC\n    about_X\n\nSHORT DESCRIPTION\n    What it is.\n\nPART `ONE`\n\n    - a b\n", topic, StringComparison.Ordinal);
        Assert.Contains("\n        Get-X\n", topic, StringComparison.Ordinal);
        Assert.All(topic.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    private static IEnumerable<string> Flaws(CommandHelp command)
    {
        if (command.Synopsis.Length < 20 || command.Description.Count == 0)
        {
            yield return $"{command.Name} lacks synopsis or description.";
        }

        if (command.Examples.Count < 2 || command.Examples.DistinctBy(example => example.Title).Count() != command.Examples.Count)
        {
            yield return $"{command.Name} has fewer than two examples with titles of their own.";
        }

        foreach (var example in command.Examples.Where(example => example.Title.Length < 8 || example.Title.EndsWith('.')
            || !example.Remarks.EndsWith('.') || !example.Code.Contains(command.Name)))
        {
            yield return $"{command.Name}: {example}";
        }
    }

    private static bool IsExplained(ParameterHelp parameter) => parameter.Description.Length > 10
        && (!Measures.Contains(parameter.Type)
            || UnitsAndRanges.Any(word => parameter.Description.Contains(word, StringComparison.OrdinalIgnoreCase)));

    /// <summary>What the parser and the binder of parameters say of scripts, and how many commands of ours were bound.</summary>
    private static (List<string> Flaws, int Bound) Bind(IEnumerable<(string Source, string Code)> scripts)
    {
        using var shell = new Shell();
        var before = Runspace.DefaultRunspace;
        Runspace.DefaultRunspace = shell.Runspace;
        try
        {
            var bound = 0;
            return (scripts.SelectMany(script => Flaws(script.Source, script.Code, ref bound)).ToList(), bound);
        }
        finally
        {
            Runspace.DefaultRunspace = before;
        }
    }

    private static List<string> Flaws(string source, string code, ref int bound)
    {
        var tree = Parser.ParseInput(code, out _, out var errors);
        var flaws = errors.Select(error => $"{source}: {error.Message} in {code}").ToList();
        foreach (var command in tree.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>())
        {
            if (command.GetCommandName()?.Contains("-RunAi", StringComparison.Ordinal) == true && !Splats(command))
            {
                bound++;
                var binding = StaticParameterBinder.BindCommand(command, resolve: true);
                flaws.AddRange(binding.BindingExceptions.Values
                    .Select(fault => $"{source}: {fault.BindingException.Message} in {command.Extent.Text}"));
            }
        }

        return flaws;
    }

    private static bool Splats(CommandAst command) =>
        command.CommandElements.Any(element => element is VariableExpressionAst { Splatted: true });

    /// <summary>The commands' help, read once.</summary>
    public sealed class Help
    {
        /// <summary>Reads it from the module of the checkout.</summary>
        public Help() => Commands = CommandReader.Read(
            Path.Combine(Checkout.Root, "module", "bin", "core", "RunAi.PowerShell.dll"), new DocComments(Comments));

        internal IReadOnlyList<CommandHelp> Commands { get; }

        private static string Comments =>
            typeof(CommandReader).Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), false)
                .Cast<System.Reflection.AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Comments").Value!;
    }
}
