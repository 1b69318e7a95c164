using System.Management.Automation;
using System.Runtime.Loader;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

public class ImportTests
{
    [Fact]
    public void Import_TwiceWithForce_KeepsEveryCommand()
    {
        using var shell = new Shell();
        var before = shell.Run("(Get-Command -Module RunAi).Count").TheOutput.BaseObject;

        shell.Run("Import-Module $args[0]; Import-Module $args[0] -Force", Checkout.Manifest).ThrowIfFailed();

        Assert.Equal(before, shell.Run("(Get-Command -Module RunAi).Count").TheOutput.BaseObject);
        shell.Run("Get-RunAiEmulator").ThrowIfFailed();
    }

    [Fact]
    public async Task Import_InFourRunspacesAtOnce_WorksInEach()
    {
        var imports = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            using var shell = new Shell();
            return shell.Run("$null = Get-RunAiEmulator; (Get-Module RunAi).Name").TheOutput.BaseObject;
        }));

        Assert.All(await Task.WhenAll(imports), name => Assert.Equal("RunAi", name));
    }

    [Fact]
    public void Removal_OfTheModule_TakesItsCommandsAwayAndCanBeUndone()
    {
        using var shell = new Shell();

        shell.Run("Remove-Module RunAi").ThrowIfFailed();
        Assert.Empty(shell.Run("Get-Module RunAi").ThrowIfFailed().Output);

        shell.Run("Import-Module $args[0]; Get-RunAiEmulator", Checkout.Manifest).ThrowIfFailed();
    }

    [Fact]
    public void Manifest_ExportsExactlyTheCmdletsOfTheAssembly()
    {
        using var shell = new Shell();
        var exported = shell.Run("(Get-Module RunAi).ExportedCmdlets.Keys").ThrowIfFailed().Output.Select(o => (string)o.BaseObject);
        var declared = shell.Run("""
            (Get-Module RunAi).ImplementingAssembly, (Get-Command Get-RunAiEmulator).ImplementingType.Assembly |
                ForEach-Object { $_ } | Where-Object { $_ } | ForEach-Object { $_.GetExportedTypes() } |
                ForEach-Object { $_.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false) } |
                ForEach-Object { $_.VerbName + '-' + $_.NounName }
            """).ThrowIfFailed().Output.Select(o => (string)o.BaseObject).Distinct();

        Assert.Equal(declared.Order(), exported.Order());
    }

    [Fact]
    public void DefaultContext_AfterImportAndUse_HoldsNoneOfOurDependencies()
    {
        using var shell = new Shell();
        shell.Run("Get-RunAiEmulator").ThrowIfFailed();
        var deps = Path.Combine(Checkout.Root, "module", "bin", "core", "deps");

        var leaked = AssemblyLoadContext.Default.Assemblies
            .Where(a => !a.IsDynamic && a.Location.StartsWith(deps, StringComparison.Ordinal))
            .Select(a => a.GetName().Name);

        Assert.Empty(leaked);
        Assert.Contains(AssemblyLoadContext.All, c => c.Name == "RunAi" && c.Assemblies.Any(a => a.GetName().Name == "RunAi"));
    }

    [Fact]
    public void ConstrainedLanguage_CanUseTheCommands()
    {
        using var shell = new Shell(language: PSLanguageMode.ConstrainedLanguage);

        Assert.Equal("ConstrainedLanguage", shell.Run("$ExecutionContext.SessionState.LanguageMode").TheOutput.ToString());
        Assert.Equal(0.5, shell.Run("(New-RunAiStepSettings -GpuPortionRequest 0.5).GpuPortionRequest").TheOutput.BaseObject);
    }
}
