using System.Collections;
using System.Management.Automation;
using RunAi.Images;
using RunAi.PowerShell.Scripts;
using RunAi.Steps;

namespace RunAi.PowerShell.Binding;

/// <summary>Puts a step together from the values of parameters. Paths are those of the session's current folder.</summary>
internal sealed class StepDefinition
{
    private readonly SessionState _session;

    public StepDefinition(SessionState session) => _session = session;

    public required string Name { get; init; }

    public string? Image { get; init; }

    public string? BaseImage { get; init; }

    public string? Source { get; init; }

    public string? WorkingDir { get; init; }

    public string[] Command { get; init; } = [];

    public ScriptBlock? ScriptBlock { get; init; }

    public object?[]? ArgumentList { get; init; }

    public IDictionary? Environment { get; init; }

    public IDictionary? Input { get; init; }

    public string[] Output { get; init; } = [];

    public bool Checkpoint { get; init; }

    public bool Cache { get; init; }

    public IDictionary? Retry { get; init; }

    public string? DistributedFramework { get; init; }

    public int? Workers { get; init; }

    public bool NoMaster { get; init; }

    public StepSettings? MasterSettings { get; init; }

    public string[]? MasterCommand { get; init; }

    public string? MasterImage { get; init; }

    public IDictionary? MasterEnvironment { get; init; }

    public int? MinReplicas { get; init; }

    public int? MaxReplicas { get; init; }

    public int? SlotsPerWorker { get; init; }

    public string? SshAuthMountPath { get; init; }

    public string? MpiLauncherCreationPolicy { get; init; }

    public string? CleanPodPolicy { get; init; }

    public StepSettings? Settings { get; init; }

    /// <summary>Any of the parameters of a distribution makes the step a distributed one, so that what is missing is told.</summary>
    private bool IsDistributed =>
        DistributedFramework is not null || NoMaster
        || ((object?[])[Workers, MasterSettings, MasterCommand, MasterImage, MasterEnvironment, MinReplicas, MaxReplicas, SlotsPerWorker,
            SshAuthMountPath, MpiLauncherCreationPolicy, CleanPodPolicy]).Any(one => one is not null);

    public Step Create() => new()
    {
        Name = Name,
        Image = ImageOf(Image) ?? "",
        BaseImage = ImageOf(BaseImage),
        Source = string.IsNullOrEmpty(Source) ? null : FullPath(Source!),
        WorkingDir = string.IsNullOrEmpty(WorkingDir) ? null : WorkingDir,
        Command = Command,
        Script = ScriptBlock is null ? null : ScriptBlockInput.Read(ScriptBlock, ArgumentList, _session),
        Environment = Environment is null ? new Hashtable() : Unwrapped.Dictionary(Environment),
        Input = Inputs(),
        Output = Output,
        Checkpoint = Checkpoint,
        Cache = Cache,
        Retry = Retry is null ? new Hashtable() : Unwrapped.Dictionary(Retry),
        Distribution = IsDistributed ? Distribution() : null,
        Settings = Settings ?? new StepSettings(),
    };

    private StepDistribution Distribution() => new()
    {
        Framework = DistributionRules.Frameworks.FirstOrDefault(one => string.Equals(one, DistributedFramework, StringComparison.OrdinalIgnoreCase))
            ?? DistributedFramework ?? "",
        Workers = Workers,
        NoMaster = NoMaster,
        MasterSettings = MasterSettings,
        MasterCommand = MasterCommand,
        MasterImage = MasterImage,
        MasterEnvironment = MasterEnvironment is null ? null : Unwrapped.Dictionary(MasterEnvironment),
        MinReplicas = MinReplicas,
        MaxReplicas = MaxReplicas,
        SlotsPerWorker = SlotsPerWorker,
        SshAuthMountPath = SshAuthMountPath,
        MpiLauncherCreationPolicy = MpiLauncherCreationPolicy,
        CleanPodPolicy = CleanPodPolicy,
    };

    private Hashtable Inputs()
    {
        // A plain table: the order of inputs changes nothing, and the same step then always gives the same request.
        var inputs = new Hashtable(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Unwrapped.Dictionary(Input ?? new Hashtable()))
        {
            inputs[entry.Key] = entry.Value is string { Length: > 0 } path ? FullPath(path) : entry.Value;
        }

        return inputs;
    }

    private string? ImageOf(string? image) =>
        image is not null && image.StartsWith(ImageLocation.LayoutScheme, StringComparison.OrdinalIgnoreCase) && image.Length > ImageLocation.LayoutScheme.Length
            ? ImageLocation.LayoutScheme + FullPath(image.Substring(ImageLocation.LayoutScheme.Length))
            : image;

    private string FullPath(string path) => _session.Path.GetUnresolvedProviderPathFromPSPath(path);
}
