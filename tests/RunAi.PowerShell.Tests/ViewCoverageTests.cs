using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;
using RunAi.PowerShell.Tests.Engine;
using Xunit.Abstractions;

namespace RunAi.PowerShell.Tests;

/// <summary>Every command says what it gives, and everything that commands give has a view that fits it.</summary>
public sealed class ViewCoverageTests(ITestOutputHelper output)
{
    /// <summary>Types of others, shown as PowerShell shows them, and objects with properties that nobody knows beforehand.</summary>
    private static readonly string[] NotOurs = ["System.String", "System.Boolean", "System.IO.FileInfo", "System.IO.DirectoryInfo", "System.Management.Automation.PSObject"];

    /// <summary>What these do shows elsewhere: they give nothing.</summary>
    private static readonly string[] SilentVerbs = ["Disconnect", "Export", "Remove", "Resume", "Stop", "Unregister", "Use"];

    private static readonly XElement[] Views = [.. XDocument.Load(Path.Combine(Path.GetDirectoryName(Checkout.Manifest)!, "module", "RunAi.Format.ps1xml")).Descendants("View")];

    [Fact]
    public void EveryOutputType_OfEveryCommand_HasAViewWhosePropertiesItHas()
    {
        using var shell = new Shell();
        shell.Run("Get-RunAiEmulator").ThrowIfFailed();
        var commands = shell.Run("Get-Command -Module RunAi").ThrowIfFailed().Output.Select(output => (CmdletInfo)output.BaseObject).ToList();
        var types = commands.SelectMany(command => command.OutputType).Select(command => command.Type).Distinct().Where(type => !NotOurs.Contains(type.FullName)).ToList();

        var views = Views.ToLookup(view => view.Descendants("TypeName").Single().Value);
        Assert.Equal([], types.Where(type => !views.Contains(type.FullName!)).Select(type => type.FullName!));
        Assert.Equal([], types.SelectMany(type => Unknown(views[type.FullName!], type)));
        Assert.Equal([], commands.Where(command => command.OutputType.Count == 0 && !SilentVerbs.Contains(command.Verb)).Select(command => command.Name));
        output.WriteLine($"{commands.Count} commands give {types.Count} types of ours, each with a view; {Views.Length} views in all.");
    }

    [Fact]
    public void Views_RunNoScript() => Assert.Empty(Views.Descendants("ScriptBlock"));

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

        shell.Run("New-RunAiStepSettings -GpuDevicesRequest 0 -CpuCoreRequest 1.5 -NodePools a, b -Label @{ team = 'x' } | Out-Host").ThrowIfFailed();

        Assert.Equal(["CpuCoreRequest: 1.5", "GpuDevicesRequest: 0", "Label: team=x", "NodePools: a, b"], host.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()).Order());
    }

    private static IEnumerable<string> Unknown(IEnumerable<XElement> views, Type type) => views.Descendants("PropertyName")
        .Select(name => name.Value).Where(name => type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance) is null).Select(name => $"{type.FullName}.{name}");
}
