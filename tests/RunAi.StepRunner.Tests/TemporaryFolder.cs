namespace RunAi.StepRunner.Tests;

/// <summary>A folder of one test's own, gone after it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Location { get; } = Directory.CreateTempSubdirectory("runai-runner-").FullName;

    public string this[string name] => Path.Combine(Location, name);

    public void Dispose() => Directory.Delete(Location, recursive: true);
}
