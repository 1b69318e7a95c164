namespace RunAi.Quickstart;

/// <summary>
/// A configuration file and a state folder in a temporary folder, for as long as it is held: the story registers its operator there and
/// leaves the user's own configuration and runs alone.
/// </summary>
internal sealed class ScratchConfiguration : IDisposable
{
    private const string Variable = "RUNAI_CONFIG";
    private const string StateVariable = "RUNAI_STATE";

    private readonly string? _before = Environment.GetEnvironmentVariable(Variable);
    private readonly string? _stateBefore = Environment.GetEnvironmentVariable(StateVariable);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("runai-quickstart-");

    public ScratchConfiguration()
    {
        Environment.SetEnvironmentVariable(Variable, Path.Combine(_folder.FullName, "runai.json"));
        Environment.SetEnvironmentVariable(StateVariable, Path.Combine(_folder.FullName, "state"));
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, _before);
        Environment.SetEnvironmentVariable(StateVariable, _stateBefore);
        _folder.Delete(recursive: true);
    }
}
