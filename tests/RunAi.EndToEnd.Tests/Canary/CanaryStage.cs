using System.Management.Automation;
using System.Net;
using System.Security;
using RunAi.EndToEnd.Tests.Canary.Drives;
using RunAi.EndToEnd.Tests.Canary.Sinks;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.EndToEnd.Tests.Canary;

/// <summary>
/// A session that tells everything it can, with the credentials of one test in an environment of its own, and a record of all it wrote.
/// </summary>
internal sealed class CanaryStage : IDisposable
{
    private const string Code = """
        set -eu
        echo "copying for $MODE"
        env
        cp -r "$1" "$2"
        """;

    private readonly RecordingHost _host = new();
    private readonly ProcessWatch _watch = new();
    private readonly List<PlantedSecret> _secrets = [];
    private readonly Surroundings _surroundings = new();
    private readonly Shell _shell;

    public CanaryStage(Uri plane, params CanaryLogin[] logins)
    {
        _surroundings.Set("RUNAI_CONFIG", Path.Combine(Folder, "config", "runai.json"));
        _surroundings.Set("RUNAI_STATE", Path.Combine(Folder, "state"));
        _surroundings.Set("RUNAI_CACHE", Path.Combine(Folder, "cache"));
        Write("src/canary.sh", Code);
        Write("data/numbers", "1 2 3\n");
        EmptyBaseImage.Write(Path.Combine(Folder, "base"));
        _shell = new Shell(host: _host);
        _surroundings.GiveTo(_shell.Runspace);
        Prepare("param($folder, $uri) $global:f, $global:planeUri = $folder, $uri; $global:VerbosePreference = "
            + "$global:DebugPreference = 'Continue'", Folder, plane.AbsoluteUri);
        Prepare(StandInVault.Script);
        foreach (var login in logins)
        {
            Use(login);
        }
    }

    /// <summary>A folder of its own, <c>$f</c> in scripts.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("runai-canary-").FullName;

    public Sightings Seen { get; } = new();

    /// <summary>Adds something that no sink may hold.</summary>
    public void Plant(string name, string value) => _secrets.Add(new PlantedSecret(name, value));

    /// <summary>Writes a file of the session's folder.</summary>
    public void Write(string path, string text)
    {
        var full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    /// <summary>Runs lines of the table that must succeed.</summary>
    public void Play(IEnumerable<Drive> drives)
    {
        foreach (var drive in drives)
        {
            Keep(drive.Cmdlet, _shell.Run(drive.Script).ThrowIfFailed());
        }

        PlantEmulator();
    }

    /// <summary>
    /// Runs lines of the table that may fail. One that is still at it when a number of requests were answered is stopped as Ctrl+C does:
    /// waits outlast everything.
    /// </summary>
    /// <returns>How many lines failed.</returns>
    public int Try(IEnumerable<Drive> drives, Func<int> answered, int enough)
    {
        var failed = 0;
        foreach (var drive in drives)
        {
            var before = answered();
            using var shell = System.Management.Automation.PowerShell.Create(_shell.Runspace);
            var output = new PSDataCollection<PSObject>();
            var running = shell.AddScript(drive.Script).BeginInvoke<PSObject, PSObject>(null, output);
            var ended = Poll.Until(() => running.IsCompleted || answered() - before >= enough, TimeSpan.FromMinutes(2));
            Assert.True(ended, $"{drive.Script} neither ended nor asked for anything.");
            if (!running.IsCompleted)
            {
                shell.Stop();
            }

            Keep(drive.Cmdlet, new ShellResult(
                [.. output], shell.Streams, (shell.InvocationStateInfo.Reason as RuntimeException)?.ErrorRecord));
            failed += shell.HadErrors || shell.InvocationStateInfo.State == PSInvocationState.Failed ? 1 : 0;
        }

        return failed;
    }

    /// <summary>
    /// Adds all files of the control plane's machine; the workloads it keeps have the one address that workloads may have.
    /// </summary>
    public void AddControlPlane(string folder) => AddFiles(folder, WireView.OfSpec);

    /// <summary>Looks for every secret wherever something was written.</summary>
    public void AssertNothingSeen()
    {
        Seen.Add("the host", _host.Text);
        foreach (var error in _shell.Run("$Error").Output)
        {
            Seen.Add("$Error", ObjectDump.Of(error));
        }

        _watch.Look();
        Seen.Add("process arguments", string.Join('\n', _watch.CommandLines));
        AddFiles(Folder);
        Assert.NotEmpty(_secrets);
        var leaks = Seen.Leaks(_secrets);
        Assert.True(leaks.Count == 0, string.Join('\n', leaks));
    }

    public void Dispose()
    {
        _watch.Dispose();
        _shell.Run("Disconnect-RunAi; Get-RunAiEmulator | Where-Object ProcessId -eq $emulator.ProcessId | Stop-RunAiEmulator");
        _shell.Dispose();
        _surroundings.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private void Use(CanaryLogin login)
    {
        _shell.Runspace.SessionStateProxy.SetVariable(login.Component, login.Parameters);
        foreach (var (name, value) in login.Environment)
        {
            _surroundings.Set(name, value);
        }

        foreach (var (name, value) in login.Vault)
        {
            Prepare("param($name, $value) Set-Secret $name -Secret $value", name, value);
        }

        _secrets.AddRange(login.Secrets.Select(secret => new PlantedSecret($"the credential of the {login.Component}", secret)));
    }

    private void Keep(string cmdlet, ShellResult result)
    {
        Seen.Add($"messages of {cmdlet}", string.Join(
            '\n', [.. result.Verbose, .. result.Debug, .. result.Warnings, .. result.Progress, .. result.Information]));
        foreach (var error in result.Terminating is null ? result.Errors : [.. result.Errors, result.Terminating])
        {
            Seen.Add($"errors of {cmdlet}", $"{error}\n{error.Exception}\n{error.ScriptStackTrace}\n{ObjectDump.Of(error)}");
        }

        foreach (var output in result.Output)
        {
            Seen.Add($"output of {cmdlet}", ObjectDump.Of(output));
        }

        _watch.Look();
    }

    /// <summary>The emulator that the table started has a secret too.</summary>
    private void PlantEmulator()
    {
        if (_shell.Runspace.SessionStateProxy.GetVariable("emulator") is PSObject { BaseObject: not null } emulator)
        {
            Plant("the emulator's client secret", new NetworkCredential(
                "", (SecureString)emulator.Properties["ClientSecret"].Value).Password);
        }
    }

    private void AddFiles(string folder, Func<string, string>? view = null)
    {
        // Sockets are empty too.
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Length > 0))
        {
            var text = File.ReadAllText(file.FullName);
            Seen.Add($"the file {file.FullName}", view is null ? text : view(text));
        }
    }

    private void Prepare(string script, params object?[] arguments) => _shell.Run(script, arguments).ThrowIfFailed();
}
