namespace RunAi.PowerShell.Tests.Engine;

/// <summary>A user's session with an environment of its own: its configuration, its folders and the emulator's credentials.</summary>
internal sealed class Workspace : IDisposable
{
    public const string SecretReference = "{{env:RUNAI_TEST_SECRET}}";

    private readonly string _folder = Directory.CreateTempSubdirectory("runai-test-").FullName;
    private readonly Surroundings _surroundings;

    /// <param name="plane">The control plane.</param>
    /// <param name="register">False for a configuration without a step operator.</param>
    /// <param name="record">True for a host that keeps what is written to it.</param>
    /// <param name="width">The columns of that host's screen.</param>
    /// <param name="time">The clock; the true one with short waits unless given.</param>
    public Workspace(EmulatedControlPlane plane, bool register = true, bool record = false, int? width = null, TimeProvider? time = null)
    {
        Plane = plane;
        Host = record || width is not null ? new RecordingHost(width) : null;
        Shell = new Shell(host: Host);
        _surroundings = new Surroundings(time);
        _surroundings.GiveTo(Shell.Runspace);
        Set("RUNAI_CONFIG", ConfigurationPath);
        Set("RUNAI_CACHE", Path.Combine(_folder, "cache"));
        Set("RUNAI_STATE", Path.Combine(_folder, "state"));
        Set("RUNAI_TEST_SECRET", plane.ClientSecret);
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

    /// <summary>
    /// A session whose active stack keeps images and artifacts in its folder, <c>$f</c> in scripts; the base image without layers is
    /// <c>oci:$f/base</c>.
    /// </summary>
    /// <param name="plane">The control plane.</param>
    /// <param name="time">The clock; the true one with short waits unless given.</param>
    public static Workspace WithStack(EmulatedControlPlane plane, TimeProvider? time = null)
    {
        var workspace = new Workspace(plane, record: true, time: time);
        EmptyBaseImage.Write(Path.Combine(workspace.Folder, "base"));
        workspace.Run($$"""
            $f = '{{workspace.Folder}}'
            Register-RunAiArtifactStore files -Uri "file://$f/store"
            Register-RunAiContainerRegistry layout -Uri "oci:$f/images"
            Register-RunAiImageBuilder layers -Flavor Layer
            Register-RunAiStack local -StepOperator demo -ArtifactStore files -ContainerRegistry layout -ImageBuilder layers
            """).ThrowIfFailed();
        return workspace;
    }

    public ShellResult Run(string script, params object?[] arguments) => Shell.Run(script, arguments);

    /// <summary>Sets an environment variable of this session, or unsets it with null.</summary>
    public void Set(string variable, string? value) => _surroundings.Set(variable, value);

    /// <summary>Another runspace of the user's process, with the same environment and connections.</summary>
    public Shell OpenShell()
    {
        var shell = new Shell();
        _surroundings.GiveTo(shell.Runspace);
        return shell;
    }

    /// <summary>Writes a file of the session's folder, with its lines ended as on Linux.</summary>
    public void Write(string path, string text)
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text.ReplaceLineEndings("\n"));
    }

    /// <summary>Runs a script, stops its pipeline as Ctrl+C does as soon as something is true, and waits for its end.</summary>
    public void Interrupt(string script, Func<bool> when)
    {
        using var shell = System.Management.Automation.PowerShell.Create(Shell.Runspace);
        var running = shell.AddScript(script).BeginInvoke();
        Assert.True(Poll.Until(() => when() || running.IsCompleted), "It never came to the point.");
        Assert.False(running.IsCompleted, "It ended before it could be stopped.");
        shell.Stop();
        Assert.Equal(System.Management.Automation.PSInvocationState.Stopped, shell.InvocationStateInfo.State);
    }

    public void Register(string name, string more = "") => Run(
        $"Register-RunAiStepOperator {name} -RunAiBaseUrl {Plane.Uri} -ProjectName {Plane.ProjectName} -ClientId {Plane.ClientId} "
        + $"-ClientSecret '{SecretReference}' -MonitoringInterval 1 {more}").ThrowIfFailed();

    /// <summary>
    /// Removes workloads and waits until they are gone: until then a step runner may still write to a store in the folder.
    /// </summary>
    public void RemoveWorkloads(string pattern)
    {
        Run($"Get-RunAiWorkload {pattern} | Remove-RunAiWorkload -Confirm:$false");
        Assert.True(Poll.Until(() => Run($"Get-RunAiWorkload {pattern}").Output.Count == 0), $"Workloads {pattern} do not go.");
    }

    public void Dispose()
    {
        Plane.ClearFaults();
        Shell.Run("Disconnect-RunAi");
        Shell.Dispose();
        _surroundings.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
