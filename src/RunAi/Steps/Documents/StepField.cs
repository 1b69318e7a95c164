using System.Collections;

namespace RunAi.Steps.Documents;

/// <summary>A key of a step's document: what it holds of a step, and how it comes back.</summary>
/// <param name="Name">The key, which is a parameter of <c>New-RunAiStep</c>.</param>
/// <param name="Kind">The kind of value; null for a table of anything.</param>
/// <param name="Get">What a step holds of it.</param>
/// <param name="Set">Gives it to a step.</param>
internal sealed record StepField(string Name, StepSettingKind? Kind, Func<Step, object?> Get, Action<Step, object> Set)
{
    /// <summary>True for what names a file or folder, which is written relative to the document.</summary>
    public bool IsPlace { get; init; }

    /// <summary>Every key, in the order in which they are written.</summary>
    public static IReadOnlyList<StepField> All { get; } =
    [
        new("Name", StepSettingKind.Text, step => step.Name, (step, value) => step.Name = (string)value),
        new("Image", StepSettingKind.Text, step => step.Image, (step, value) => step.Image = (string)value) { IsPlace = true },
        new("BaseImage", StepSettingKind.Text, step => step.BaseImage, (step, value) => step.BaseImage = (string)value) { IsPlace = true },
        new("Source", StepSettingKind.Text, step => step.Source, (step, value) => step.Source = (string)value) { IsPlace = true },
        new("WorkingDir", StepSettingKind.Text, step => step.WorkingDir, (step, value) => step.WorkingDir = (string)value),
        new("Command", StepSettingKind.TextList, step => step.Command, (step, value) => step.Command = (string[])value),
        new("Environment", null, step => step.Environment, (step, value) => step.Environment = (IDictionary)value),
        new("Input", null, step => step.Input, (step, value) => step.Input = (IDictionary)value) { IsPlace = true },
        new("Output", StepSettingKind.TextList, step => step.Output, (step, value) => step.Output = (string[])value),
        new("Checkpoint", StepSettingKind.Flag, step => step.Checkpoint, (step, value) => step.Checkpoint = (bool)value),
        new("Cache", StepSettingKind.Flag, step => step.Cache, (step, value) => step.Cache = (bool)value),
        new("Retry", null, step => step.Retry, (step, value) => step.Retry = (IDictionary)value),
        new("Tag", null, step => step.Tag, (step, value) => step.Tag = (IDictionary)value),
        Spread("DistributedFramework", StepSettingKind.Text, distribution => distribution.Framework, (distribution, value) =>
            distribution.Framework = (string)value),
        Spread("Workers", StepSettingKind.WholeNumber, distribution => distribution.Workers, (distribution, value) =>
            distribution.Workers = (int)value),
        Spread("NoMaster", StepSettingKind.Flag, distribution => distribution.NoMaster, (distribution, value) =>
            distribution.NoMaster = (bool)value),
        Spread("MasterImage", StepSettingKind.Text, distribution => distribution.MasterImage, (distribution, value) =>
            distribution.MasterImage = (string)value),
        Spread("MasterCommand", StepSettingKind.TextList, distribution => distribution.MasterCommand, (distribution, value) =>
            distribution.MasterCommand = (string[])value),
        Spread("MasterEnvironment", null, distribution => distribution.MasterEnvironment, (distribution, value) =>
            distribution.MasterEnvironment = (IDictionary)value),
        Spread("MasterSettings", StepSettingKind.Group, distribution => distribution.MasterSettings, (distribution, value) =>
            distribution.MasterSettings = (StepSettings)value),
        Spread("MinReplicas", StepSettingKind.WholeNumber, distribution => distribution.MinReplicas, (distribution, value) =>
            distribution.MinReplicas = (int)value),
        Spread("MaxReplicas", StepSettingKind.WholeNumber, distribution => distribution.MaxReplicas, (distribution, value) =>
            distribution.MaxReplicas = (int)value),
        Spread("SlotsPerWorker", StepSettingKind.WholeNumber, distribution => distribution.SlotsPerWorker, (distribution, value) =>
            distribution.SlotsPerWorker = (int)value),
        Spread("SshAuthMountPath", StepSettingKind.Text, distribution => distribution.SshAuthMountPath, (distribution, value) =>
            distribution.SshAuthMountPath = (string)value),
        Spread("MpiLauncherCreationPolicy", StepSettingKind.Text, distribution => distribution.MpiLauncherCreationPolicy,
            (distribution, value) => distribution.MpiLauncherCreationPolicy = (string)value),
        Spread("CleanPodPolicy", StepSettingKind.Text, distribution => distribution.CleanPodPolicy, (distribution, value) =>
            distribution.CleanPodPolicy = (string)value),
        new("Settings", StepSettingKind.Group, step => step.Settings, (step, value) => step.Settings = (StepSettings)value),
    ];

    /// <summary>A key of the step's distribution, which any of them makes.</summary>
    private static StepField Spread(
        string name, StepSettingKind? kind, Func<StepDistribution, object?> get, Action<StepDistribution, object> set) =>
        new(name, kind, step => step.Distribution is { } distribution ? get(distribution) : null, (step, value) => set(
            step.Distribution ??= new StepDistribution(), value));
}
