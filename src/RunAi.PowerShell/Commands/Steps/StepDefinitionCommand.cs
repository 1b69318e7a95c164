using System.Collections;
using System.Management.Automation;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <summary>A command whose parameters define a step.</summary>
public abstract partial class StepDefinitionCommand : RunAiCommand
{
    private protected const string Defined = "Defined";
    private const string Script = "Script";

    /// <summary><para type="description">The step's name, which becomes part of the workload's.</para></summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = Defined)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = Script)]
    public string Name { get; set; } = "";

    /// <summary>
    /// <para type="description">The container image as it is, for example python:3.12-slim; for an emulator also oci:PATH[@DIGEST]. With
    /// inputs, outputs or code, the image to put these on.</para>
    /// </summary>
    [Parameter(ParameterSetName = Defined)]
    [Parameter(ParameterSetName = Script)]
    [AllowEmptyString]
    public string? Image { get; set; }

    /// <summary>
    /// <para type="description">The image to put the step's code and the step runner on, such as python:3.12-slim, or oci:PATH, or scratch
    /// for none.</para>
    /// </summary>
    [Parameter(ParameterSetName = Defined)]
    [Parameter(ParameterSetName = Script)]
    public string? BaseImage { get; set; }

    /// <summary><para type="description">The folder with the step's code, which becomes a layer of its image.</para></summary>
    [Parameter(ParameterSetName = Defined)]
    [Parameter(ParameterSetName = Script)]
    public string? Source { get; set; }

    /// <summary>
    /// <para type="description">The folder of the image that the code goes to and the command starts in; /workspace by default.</para>
    /// </summary>
    [Parameter(ParameterSetName = Defined)]
    [Parameter(ParameterSetName = Script)]
    public string? WorkingDir { get; set; }

    /// <summary>
    /// <para type="description">What the command reads, by name: the path of a file or folder, an artifact, or a run with one output. In
    /// the command, {{inputs.NAME}} is its path.</para>
    /// </summary>
    [Parameter(ParameterSetName = Defined)]
    [Parameter(ParameterSetName = Script)]
    public IDictionary? Input { get; set; }

    /// <summary>
    /// <para type="description">The names of what the command writes. In the command, {{outputs.NAME}} is the path of the file or folder to
    /// write.</para>
    /// </summary>
    [Parameter(ParameterSetName = Defined)]
    [Parameter(ParameterSetName = Script)]
    public string[] Output { get; set; } = [];

    /// <summary>
    /// <para type="description">Keeps the folder {{checkpoint}} when the step is preempted, and brings it back when it starts again.</para>
    /// </summary>
    [Parameter(ParameterSetName = Defined)]
    [Parameter(ParameterSetName = Script)]
    public SwitchParameter Checkpoint { get; set; }

    /// <summary>
    /// <para type="description">Returns the outputs of an earlier successful run with the same code, image, command, environment, settings
    /// and inputs.</para>
    /// </summary>
    [Parameter(ParameterSetName = Defined)]
    [Parameter(ParameterSetName = Script)]
    public SwitchParameter Cache { get; set; }

    /// <summary>
    /// <para type="description">The program and its arguments, one word each; the image's own entry point when it is left out. No shell is
    /// involved.</para>
    /// </summary>
    [Parameter(ParameterSetName = Defined)]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string[] Command { get; set; } = [];

    /// <summary>
    /// <para type="description">A script block that runs under pwsh in the image, in the place of a command. Its objects and errors come
    /// back with Receive-RunAiStep; its warnings and other messages are in the log. $using: reads a variable of this session.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = Script)]
    public ScriptBlock? ScriptBlock { get; set; }

    /// <summary>
    /// <para type="description">The arguments of the script block. They travel as CLIXML: data arrives as it is, other objects without
    /// methods; secrets, script blocks and what lives in this process (streams, processes, sessions) are refused.</para>
    /// </summary>
    [Parameter(ParameterSetName = Script)]
    [AllowNull]
    [AllowEmptyCollection]
    [Alias("Args")]
    public object?[]? ArgumentList { get; set; }

    /// <summary>
    /// <para type="description">Environment variables: texts, which everyone who can list workloads can read, or references that the
    /// cluster resolves, such as @{ secret = 'name'; key = 'k' }, configMap, userCredential or @{ podField = 'metadata.name' }.</para>
    /// </summary>
    [Parameter(ParameterSetName = Defined)]
    [Parameter(ParameterSetName = Script)]
    public IDictionary? Environment { get; set; }

    /// <summary>
    /// <para type="description">How often the run is tried again for which cause: @{ Preempted = 3; Infrastructure = 2; UserCode = 1 }.
    /// Waits between attempts grow from Backoff (10 s) to MaxBackoff (5 min); after Window from the first submission none begins. Whoever
    /// waits for the run makes the attempts: Invoke-RunAiStep, Wait-RunAiWorkload with the run, or Resume-RunAiStepRun -Wait.</para>
    /// </summary>
    [Parameter(ParameterSetName = Defined)]
    [Parameter(ParameterSetName = Script)]
    [RetryTransformation]
    public RetryInput? Retry { get; set; }

    /// <summary>
    /// <para type="description">What tells the step's runs apart, such as @{ fold = 3; lr = 0.01 }: texts and numbers, kept in the run's
    /// record and in its property Tags, and found with Get-RunAiStepRun -Tag.</para>
    /// </summary>
    [Parameter(ParameterSetName = Defined)]
    [Parameter(ParameterSetName = Script)]
    public IDictionary? Tag { get; set; }

    /// <summary>
    /// <para type="description">Step settings: an object of New-RunAiStepSettings or a hashtable. The operator's defaults lie under
    /// them.</para>
    /// </summary>
    [Parameter(ParameterSetName = Defined)]
    [Parameter(ParameterSetName = Script)]
    [StepSettingsTransformation]
    public StepSettingsInput? Settings { get; set; }

    /// <inheritdoc/>
    protected override object? CurrentTarget => Name;

    /// <summary>
    /// The step that the parameters define. Its paths are those of the session's current folder, which only the pipeline thread may ask
    /// for.
    /// </summary>
    private protected Step DefinedStep() => new StepDefinition(this).Create();
}
