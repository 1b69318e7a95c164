namespace RunAi.Quickstart;

/// <summary>
/// A configuration file in a temporary folder, for as long as it is held: the story registers its operator there and
/// leaves the user's own configuration alone.
/// </summary>
internal sealed class ScratchConfiguration : IDisposable
{
    private const string Variable = "RUNAI_CONFIG";

    private readonly string? _before = Environment.GetEnvironmentVariable(Variable);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("runai-quickstart-");

    public ScratchConfiguration() =>
        Environment.SetEnvironmentVariable(Variable, Path.Combine(_folder.FullName, "runai.json"));

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, _before);
        _folder.Delete(recursive: true);
    }
}
