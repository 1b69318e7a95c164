using System.Collections;
using RunAi.Images;
using RunAi.PowerShell.Commands;
using RunAi.PowerShell.Scripts;
using RunAi.Steps;

namespace RunAi.PowerShell.Binding;

/// <summary>Puts a step together from the parameters of a command. Paths are those of the session's current folder.</summary>
internal sealed class StepDefinition
{
    private readonly StepDefinitionCommand _given;

    public StepDefinition(StepDefinitionCommand given) => _given = given;

    /// <summary>Any of the parameters of a distribution makes the step a distributed one, so that what is missing is told.</summary>
    private bool IsDistributed =>
        _given.DistributedFramework is not null || _given.NoMaster
        || ((object?[])[
            _given.Workers, _given.MasterSettings, _given.MasterCommand, _given.MasterImage, _given.MasterEnvironment, _given.MinReplicas,
            _given.MaxReplicas, _given.SlotsPerWorker, _given.SshAuthMountPath, _given.MpiLauncherCreationPolicy, _given.CleanPodPolicy])
            .Any(item => item is not null);

    public Step Create() => new()
    {
        Name = _given.Name,
        Image = ImageOf(_given.Image) ?? "",
        BaseImage = ImageOf(_given.BaseImage),
        Source = string.IsNullOrEmpty(_given.Source) ? null : FullPath(_given.Source!),
        WorkingDir = string.IsNullOrEmpty(_given.WorkingDir) ? null : _given.WorkingDir,
        Command = _given.Command,
        Script = _given.ScriptBlock is null ? null : ScriptBlockInput.Read(_given.ScriptBlock, _given.ArgumentList, _given.SessionState),
        Environment = _given.Environment is null ? new Hashtable() : PSObjectUnwrapper.Dictionary(_given.Environment),
        Input = Inputs(),
        Output = _given.Output,
        Checkpoint = _given.Checkpoint,
        Cache = _given.Cache,
        Retry = _given.Retry is null ? new Hashtable() : PSObjectUnwrapper.Dictionary(_given.Retry.Values),
        Tag = _given.Tag is null ? new Hashtable() : PSObjectUnwrapper.Dictionary(_given.Tag),
        Distribution = IsDistributed ? Distribution() : null,
        Settings = _given.Settings?.Read() ?? new StepSettings(),
    };

    private StepDistribution Distribution() => new()
    {
        Framework = DistributionRules.Frameworks.FirstOrDefault(framework => string.Equals(
            framework, _given.DistributedFramework, StringComparison.OrdinalIgnoreCase))
            ?? _given.DistributedFramework ?? "",
        Workers = _given.Workers,
        NoMaster = _given.NoMaster,
        MasterSettings = _given.MasterSettings?.Read(),
        MasterCommand = _given.MasterCommand,
        MasterImage = _given.MasterImage,
        MasterEnvironment = _given.MasterEnvironment is null ? null : PSObjectUnwrapper.Dictionary(_given.MasterEnvironment),
        MinReplicas = _given.MinReplicas,
        MaxReplicas = _given.MaxReplicas,
        SlotsPerWorker = _given.SlotsPerWorker,
        SshAuthMountPath = _given.SshAuthMountPath,
        MpiLauncherCreationPolicy = _given.MpiLauncherCreationPolicy,
        CleanPodPolicy = _given.CleanPodPolicy,
    };

    private Hashtable Inputs()
    {
        // A plain table: the order of inputs changes nothing, and the same step then always gives the same request.
        var inputs = new Hashtable(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in PSObjectUnwrapper.Dictionary(_given.Input ?? new Hashtable()))
        {
            inputs[entry.Key] = entry.Value is string { Length: > 0 } path ? FullPath(path) : entry.Value;
        }

        return inputs;
    }

    private string? ImageOf(string? image) =>
        image is not null && image.StartsWith(ImageLocation.LayoutScheme, StringComparison.OrdinalIgnoreCase)
        && image.Length > ImageLocation.LayoutScheme.Length
            ? ImageLocation.LayoutScheme + FullPath(image.Substring(ImageLocation.LayoutScheme.Length))
            : image;

    private string FullPath(string path) => _given.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);
}
