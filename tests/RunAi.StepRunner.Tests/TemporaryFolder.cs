namespace RunAi.StepRunner.Tests;

/// <summary>A folder of one test's own, gone after it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Location { get; } = Directory.CreateTempSubdirectory("runai-runner-").FullName;

    public string this[string name] => Path.Combine(Location, name);

    public void Dispose()
    {
        // Inputs keep their modes, and what is in a closed folder can be deleted by the super-user alone.
        foreach (var folder in Directory.EnumerateDirectories(Location, "*", SearchOption.AllDirectories))
        {
            if (!OperatingSystem.IsWindows() && new DirectoryInfo(folder).LinkTarget is null)
            {
                File.SetUnixFileMode(
                    folder, File.GetUnixFileMode(folder) | UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        Directory.Delete(Location, recursive: true);
    }
}
