namespace RunAi.PowerShell.Tests.Engine;

/// <summary>
/// A user's session with a configuration of its own and the emulator's credentials in environment variables. The environment
/// belongs to the process, so tests that use it share one collection.
/// </summary>
internal sealed class Workspace : IDisposable
{
    public const string SecretReference = "{{env:RUNAI_TEST_SECRET}}";

    private readonly string _folder = Directory.CreateTempSubdirectory("runai-test-").FullName;

    public Workspace(EmulatedControlPlane plane, bool register = true, bool record = false, int? width = null)
    {
        Plane = plane;
        Environment.SetEnvironmentVariable("RUNAI_CONFIG", ConfigurationPath);
        Environment.SetEnvironmentVariable("RUNAI_CACHE", Path.Combine(_folder, "cache"));
        Environment.SetEnvironmentVariable("RUNAI_STATE", Path.Combine(_folder, "state"));
        Environment.SetEnvironmentVariable("RUNAI_TEST_SECRET", plane.ClientSecret);
        Host = record || width is not null ? new RecordingHost(width) : null;
        Shell = new Shell(host: Host);
        if (register)
        {
            Register("demo");
        }
    }

    public EmulatedControlPlane Plane { get; }

    public Shell Shell { get; }

    public RecordingHost? Host { get; }

    public string ConfigurationPath => Path.Combine(_folder, "runai.json");

    public string Folder => _folder;

    public ShellResult Run(string script, params object?[] arguments) => Shell.Run(script, arguments);

    /// <summary>Runs a script, stops its pipeline as Ctrl+C does as soon as something is true, and waits for its end.</summary>
    public void Interrupt(string script, Func<bool> when)
    {
        using var shell = System.Management.Automation.PowerShell.Create(Shell.Runspace);
        var running = shell.AddScript(script).BeginInvoke();
        Assert.True(SpinWait.SpinUntil(() => when() || running.IsCompleted, TimeSpan.FromMinutes(1)), "It never came to the point.");
        Assert.False(running.IsCompleted, "It ended before it could be stopped.");
        shell.Stop();
        Assert.Equal(System.Management.Automation.PSInvocationState.Stopped, shell.InvocationStateInfo.State);
    }

    public void Register(string name, string more = "") => Run(
        $"Register-RunAiStepOperator {name} -RunAiBaseUrl {Plane.Uri} -ProjectName {Plane.ProjectName} -ClientId {Plane.ClientId} "
        + $"-ClientSecret '{SecretReference}' -MonitoringInterval 1 {more}").ThrowIfFailed();

    /// <summary>Removes workloads and waits until they are gone: until then a step runner may still write to a store in the folder.</summary>
    public void RemoveWorkloads(string pattern)
    {
        Run($"Get-RunAiWorkload {pattern} | Remove-RunAiWorkload -Confirm:$false");
        Assert.True(
            SpinWait.SpinUntil(() => Run($"Get-RunAiWorkload {pattern}").Output.Count == 0, TimeSpan.FromMinutes(1)), $"Workloads {pattern} do not go.");
    }

    public void Dispose()
    {
        Plane.ClearFaults();
        Shell.Run("Disconnect-RunAi");
        Shell.Dispose();
        Environment.SetEnvironmentVariable("RUNAI_CONFIG", null);
        Environment.SetEnvironmentVariable("RUNAI_CACHE", null);
        Environment.SetEnvironmentVariable("RUNAI_STATE", null);
        Environment.SetEnvironmentVariable("RUNAI_TEST_SECRET", null);
        Directory.Delete(_folder, recursive: true);
    }
}
