namespace RunAi.Images;

/// <summary>
/// The step runner's files as the module carries them, a folder for each kind: <c>linux-x64</c> and <c>linux-arm64</c> hold the static
/// executable, <c>any</c> one that needs .NET on the machine, which an emulator's has.
/// </summary>
internal sealed class StepRunnerFiles
{
    private const string Program = "step-runner";
    private const string AnyMachine = "any";

    private readonly string _root;

    public StepRunnerFiles(string root) => _root = root;

    /// <summary>The folder whose files go beside each other into the image.</summary>
    /// <exception cref="ImageBuildException"><see cref="ErrorIds.MissingDependency"/>: there is none for the platform.</exception>
    public string FolderFor(ImagePlatform platform)
    {
        var kind = platform is { Os: "linux", Architecture: "amd64" } ? "linux-x64"
            : platform is { Os: "linux", Architecture: "arm64" } ? "linux-arm64"
            : throw Missing(
                $"There is no step runner for {platform}: steps run on linux/amd64 and linux/arm64. Choose one with -Platform.");
        return new[] { kind, AnyMachine }.Select(name => Path.Combine(_root, name))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, Program)))
            ?? throw Missing(
                $"The step runner for {platform} is not among the module's files ({Path.Combine(_root, kind)}). Install the module again; "
                + "in a checkout, build it as docs/architecture.md says.");
    }

    private ImageBuildException Missing(string message) => new(ErrorIds.MissingDependency, message) { Target = _root };
}
