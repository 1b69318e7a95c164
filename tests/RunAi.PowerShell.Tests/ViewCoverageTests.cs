using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using RunAi.PowerShell.Tests.Engine;
using Xunit.Abstractions;

namespace RunAi.PowerShell.Tests;

/// <summary>Every command says what it gives, and everything that commands give has a view that fits it.</summary>
public sealed class ViewCoverageTests(ITestOutputHelper output)
{
    /// <summary>Types of others, shown as PowerShell shows them, and objects with properties that nobody knows beforehand.</summary>
    private static readonly string[] NotOurs =
    [
        "System.String", "System.Boolean", "System.IO.FileInfo", "System.IO.DirectoryInfo", "System.Management.Automation.PSObject",
    ];

    /// <summary>What these do shows elsewhere: they give nothing.</summary>
    private static readonly string[] SilentVerbs = ["Disconnect", "Export", "Remove", "Resume", "Stop", "Unregister", "Use"];

    private static readonly XElement[] Views =
        [.. XDocument.Load(Path.Combine(Path.GetDirectoryName(Checkout.Manifest)!, "module", "RunAi.Format.ps1xml")).Descendants("View")];

    [Fact]
    public void EveryOutputType_OfEveryCommand_HasAViewWhosePropertiesItHas()
    {
        using var shell = new Shell();
        shell.Run("Get-RunAiEmulator").ThrowIfFailed();
        var commands = shell.Run("Get-Command -Module RunAi").ThrowIfFailed().Output
            .Select(output => (CmdletInfo)output.BaseObject).ToList();
        var types = commands.SelectMany(command => command.OutputType).Select(command => command.Type).Distinct()
            .Where(type => !NotOurs.Contains(type.FullName)).ToList();

        var views = Views.ToLookup(view => view.Descendants("TypeName").Single().Value);
        Assert.Equal([], types.Where(type => !views.Contains(type.FullName!)).Select(type => type.FullName!));
        Assert.Equal([], types.SelectMany(type => Unknown(views[type.FullName!], type)));
        Assert.Equal([], commands.Where(command => command.OutputType.Count == 0 && !SilentVerbs.Contains(command.Verb))
            .Select(command => command.Name));
        output.WriteLine($"{commands.Count} commands give {types.Count} types of ours, each with a view; {Views.Length} views in all.");
    }

    /// <summary>
    /// Colours alone need a script, and all of them the same, which reads properties and calls nothing: it works in constrained language.
    /// </summary>
    [Fact]
    public void Views_RunNoScriptButTheOneForColours()
    {
        var scripts = Views.Descendants("ScriptBlock").Select(script => script.Value).ToList();
        var common = scripts.Select(script => Regex.Replace(script, @"^\$word = ""\$\(\$_\.\w+\)"";", "")).Distinct().ToList();

        Assert.True(scripts.Count >= 12);
        Assert.Single(common);
        Assert.DoesNotContain("(", common[0].Replace("if (", "", StringComparison.Ordinal).Replace("-Regex (", "", StringComparison.Ordinal)
            .Replace("'^(", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void EveryTypeWithATable_HasAShortListOfPropertiesThatItHas()
    {
        using var shell = new Shell();
        shell.Run("Get-RunAiEmulator").ThrowIfFailed();
        var library = AppDomain.CurrentDomain.GetAssemblies().Single(assembly => assembly.GetName().Name == "RunAi");
        var lists = XDocument.Load(Path.Combine(Path.GetDirectoryName(Checkout.Manifest)!, "module", "RunAi.Types.ps1xml"))
            .Descendants("Type")
            .ToDictionary(type => type.Element("Name")!.Value, type => type.Descendants("ReferencedProperties").Single().Elements("Name")
                .Select(name => name.Value).ToList());

        Assert.Equal(
            Views.Where(view => view.Element("TableControl") is not null)
                .Select(view => view.Descendants("TypeName").Single().Value).Order(),
            lists.Keys.Order());
        Assert.All(lists, list =>
        {
            Assert.InRange(list.Value.Count, 1, 10);
            Assert.All(list.Value, property => Assert.True(
                library.GetType(list.Key)!.GetProperty(property) is not null, $"{list.Key}.{property}"));
        });
    }

    [Fact]
    public void EveryView_IsOfATypeThatExists()
    {
        using var shell = new Shell();
        shell.Run("Get-RunAiEmulator").ThrowIfFailed();
        var library = AppDomain.CurrentDomain.GetAssemblies().Single(assembly => assembly.GetName().Name == "RunAi");

        Assert.All(Views.Descendants("TypeName"), name => Assert.True(library.GetType(name.Value) is { IsPublic: true }, name.Value));
    }

    [Fact]
    public void Settings_AtThePrompt_AreALineForEachThatIsSet()
    {
        var host = new RecordingHost(80);
        using var shell = new Shell(host: host);

        shell.Run("New-RunAiStepSettings -GpuDevicesRequest 0 -CpuCoreRequest 1.5 -NodePools a, b -Label @{ team = 'x' } | Out-Host")
            .ThrowIfFailed();

        Assert.Equal(
            ["CpuCoreRequest: 1.5", "GpuDevicesRequest: 0", "Label: team=x", "NodePools: a, b"],
            host.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()).Order());
    }

    private static IEnumerable<string> Unknown(IEnumerable<XElement> views, Type type) =>
        views.Descendants("PropertyName").Select(name => name.Value)
            .Concat(views.Descendants("ScriptBlock").Select(script => Regex.Match(script.Value, @"\$_\.(\w+)").Groups[1].Value))
           .Where(name => type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance) is null)
           .Select(name => $"{type.FullName}.{name}");
}
