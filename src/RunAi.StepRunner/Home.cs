namespace RunAi.StepRunner;

/// <summary>The folder with the inputs, the outputs and the checkpoint of the run.</summary>
internal sealed class Home
{
    private const string Standard = "/runai";

    private Home(string location) => Location = location;

    public string Location { get; }

    public string Inputs => Path.Combine(Location, "inputs");

    public string Outputs => Path.Combine(Location, "outputs");

    public string Checkpoint => Path.Combine(Location, "checkpoint");

    /// <summary>The home of a user who has none.</summary>
    public string User => Path.Combine(Location, "home");

    /// <summary>What the runner remembers from one start to the next, such as which inputs are whole.</summary>
    public string State => Path.Combine(Location, ".state");

    /// <summary>
    /// <c>RUNAI_HOME</c>; when it is not set <c>/runai</c>, or <c>runai</c> in the first folder that can be written to: the root of an
    /// image may be read-only, and its user anyone.
    /// </summary>
    /// <exception cref="RunnerException">Nothing can be written to.</exception>
    public static Home Choose()
    {
        var wanted = Environment.GetEnvironmentVariable(RunManifest.Manifest.HomeVariable);
        if (!string.IsNullOrEmpty(wanted))
        {
            return TryLayOut(Path.GetFullPath(wanted), out var reason)
                ?? throw new RunnerException(ExitCodes.NoHome, $"The folder {wanted} of RUNAI_HOME cannot be written to: {reason}.");
        }

        foreach (var folder in Candidates())
        {
            if (TryLayOut(folder, out _) is { } home)
            {
                return home;
            }
        }

        throw new RunnerException(
            ExitCodes.NoHome,
            $"None of the folders {string.Join(", ", Candidates())} can be written to. Mount a writable volume and name it "
            + "with RUNAI_HOME.");
    }

    private static string[] Candidates()
    {
        var temporary = Environment.GetEnvironmentVariable("TMPDIR");
        string[] parents =
        [
            .. string.IsNullOrEmpty(temporary) ? (string[])[] : [temporary], "/tmp", "/var/tmp", "/dev/shm", Environment.CurrentDirectory,
        ];
        return [Standard, .. parents.Select(p => Path.Combine(p, "runai"))];
    }

    private static Home? TryLayOut(string location, out string reason)
    {
        try
        {
            var home = new Home(location);
            Directory.CreateDirectory(home.Inputs);
            Directory.CreateDirectory(home.Outputs);
            Directory.CreateDirectory(home.State);
            foreach (var folder in (string[])[home.Inputs, home.Outputs, home.State])
            {
                var probe = Path.Combine(folder, ".probe");
                File.WriteAllBytes(probe, [1]);
                File.Delete(probe);
            }

            reason = "";
            return home;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reason = Reporting.Reason.Of(e);
            return null;
        }
    }
}
