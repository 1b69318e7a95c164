using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

/// <summary>A process of its own, since what a process has loaded cannot be unloaded.</summary>
public class IsolationTests
{
    private const string Script = """
        param([string] $Foreign, [string] $Manifest)
        $null = [System.Reflection.Assembly]::LoadFrom("$Foreign/Polly.Core.dll")
        $null = [System.Reflection.Assembly]::LoadFrom("$Foreign/Newtonsoft.Json.dll")
        Import-Module $Manifest
        [System.Runtime.Loader.AssemblyLoadContext]::All | ForEach-Object { $_.Assemblies | ForEach-Object { if ($_.Location) { "IMPORTED $($_.Location)" } } }
        $emulator = Start-RunAiEmulator
        $env:ISOLATION_SECRET = [System.Net.NetworkCredential]::new('', $emulator.ClientSecret).Password
        Register-RunAiStepOperator demo -RunAiBaseUrl $emulator.Uri -ProjectName demo -ClientId $emulator.ClientId -ClientSecret '{{env:ISOLATION_SECRET}}' | ForEach-Object Name
        (Invoke-RunAiStep isolated -Image busybox -Command 'true').State
        Stop-RunAiEmulator $emulator
        [System.Runtime.Loader.AssemblyLoadContext]::All | ForEach-Object {
            $context = $_.Name
            $_.Assemblies | ForEach-Object { if ($_.Location) { "LOADED $context|$($_.GetName().Name)|$($_.Location)" } }
        }
        """;

    [Fact]
    public async Task MainJob_WithOtherVersionsLoadedBefore_RunsOnItsOwn()
    {
        var folder = Directory.CreateTempSubdirectory("runai-isolation-").FullName;
        var script = Path.Combine(folder, "isolation.ps1");
        await File.WriteAllTextAsync(script, Script);
        try
        {
            var lines = await Quickstart.RunAsync(
                Path.Combine(folder, "runai.json"),
                "-File", script, "-Foreign", Path.Combine(AppContext.BaseDirectory, "foreign"), "-Manifest", Checkout.Manifest);

            Assert.Contains("Succeeded", lines);
            var loaded = lines.Where(l => l.StartsWith("LOADED ", StringComparison.Ordinal)).Select(l => l[7..].Split('|')).ToList();
            var deps = Path.Combine(Checkout.Root, "module", "bin", "core", "deps");
            Assert.Contains(lines, l => l.StartsWith("IMPORTED ", StringComparison.Ordinal) && l.EndsWith("RunAi.PowerShell.dll", StringComparison.Ordinal));
            var ours = "IMPORTED " + Path.Combine(deps, "RunAi.dll");
            Assert.DoesNotContain(lines, l => l != ours && l.StartsWith("IMPORTED " + deps, StringComparison.Ordinal));
            Assert.DoesNotContain(loaded, a => a[0] == "Default" && a[2].StartsWith(deps, StringComparison.Ordinal));
            foreach (var name in (string[])["Newtonsoft.Json", "Polly.Core"])
            {
                Assert.Contains(loaded, a => a[0] == "Default" && a[1] == name);
                Assert.Contains(loaded, a => a[0] == "RunAi" && a[1] == name && a[2].StartsWith(deps, StringComparison.Ordinal));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
