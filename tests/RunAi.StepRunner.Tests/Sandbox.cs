namespace RunAi.StepRunner.Tests;

/// <summary>
/// A root file system made for one test with bubblewrap: what a container of an image gives to the runner. It shares the network of the
/// tests, and runs as a user that owns nothing.
/// </summary>
internal sealed class Sandbox
{
    /// <summary>Where an image holds the runner.</summary>
    public const string Runner = "/.runai/step-runner";

    /// <summary>A name that the root's own <c>/etc/hosts</c> gives the test store.</summary>
    public const string StoreName = "store.test";

    private const string Bubblewrap = "bwrap";
    private const string Shell = "busybox";
    private readonly List<string> _options = [];
    private readonly string _runner;
    private bool _isWritable = true;

    /// <param name="runner">Where the runner is within.</param>
    private Sandbox(string runner) => _runner = runner;

    /// <summary>A root with nothing but devices, the names of hosts, the static runner and a bundle of certificates.</summary>
    public static Sandbox Empty(TemporaryFolder folder, string? certificates = null)
    {
        var runner = Runners.RequireStatic();
        Programs.Require(Bubblewrap);
        File.WriteAllText(folder["hosts"], $"127.0.0.1 localhost {StoreName}\n");
        File.WriteAllText(folder["resolv.conf"], "nameserver 127.0.0.1\n");
        var bundle = certificates ?? Path.Combine(Path.GetDirectoryName(runner)!, "ca-certificates.crt");
        return new Sandbox(Runner).With(
            "--unshare-user", "--uid", "12345", "--gid", "12345", "--cap-drop", "ALL", "--unshare-pid", "--as-pid-1", "--dev", "/dev",
            "--ro-bind", folder["hosts"], "/etc/hosts", "--ro-bind", folder["resolv.conf"], "/etc/resolv.conf",
            "--ro-bind", runner, Runner, "--ro-bind", bundle, "/.runai/ca-certificates.crt");
    }

    /// <summary>The machine's own root, with process numbers of its own: the runner is process 1.</summary>
    public static Sandbox AsProcess1(string runner)
    {
        Programs.Require(Bubblewrap);
        return new Sandbox(Runners.PathOf(runner)).With("--dev-bind", "/", "/", "--unshare-pid", "--as-pid-1", "--proc", "/proc");
    }

    /// <summary>The machine's own root, for a user that its list of users does not have.</summary>
    public static Sandbox AsUnknownUser(string runner)
    {
        Programs.Require(Bubblewrap);
        return new Sandbox(Runners.PathOf(runner)).With(
            "--dev-bind", "/", "/", "--unshare-user", "--uid", "12345", "--gid", "12345", "--unshare-pid", "--as-pid-1", "--proc", "/proc");
    }

    /// <summary>Adds a static shell with the usual programs, for commands to be of use.</summary>
    public Sandbox WithShell()
    {
        Programs.Require(Shell);
        return With("--ro-bind", Programs.Find(Shell)!, "/bin/busybox", "--symlink", "busybox", "/bin/sh", "--proc", "/proc");
    }

    /// <summary>Adds a folder that can be written to, on a disk of a size.</summary>
    public Sandbox WithDisk(string path, int bytes) => With("--size", $"{bytes}", "--tmpfs", path);

    /// <summary>Nothing can be written to but the disks that were added.</summary>
    public Sandbox ReadOnly()
    {
        _isWritable = false;
        return this;
    }

    /// <summary>Starts the runner in it.</summary>
    public RunnerProcess Start(IReadOnlyDictionary<string, string> environment, string folder)
    {
        string[] sealing = _isWritable ? [] : ["--remount-ro", "/dev", "--remount-ro", "/"];
        return RunnerProcess.Start(Programs.Find(Bubblewrap)!, [.. _options, .. sealing, _runner], environment, folder);
    }

    private Sandbox With(params string[] options)
    {
        _options.AddRange(options);
        return this;
    }
}
