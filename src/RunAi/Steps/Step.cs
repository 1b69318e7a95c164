using System.Collections;
using System.Collections.Specialized;
using RunAi.ControlPlane;

namespace RunAi;

/// <summary>A step's definition: what runs, in which image, with which environment and settings.</summary>
public sealed class Step
{
    /// <summary>
    /// The step's name, which becomes part of the workload's: a letter or digit, then up to 62 letters, digits, <c>.</c>,
    /// <c>_</c> and <c>-</c>.
    /// </summary>
    public string Name { get; set; } = "";

    /// <summary>
    /// The container image, for example <c>python:3.12-slim</c> (<c>spec.image</c>). It is used as it is; for a step with code, inputs,
    /// outputs or a checkpoint it is the image these are put on. A step with a workload template may leave it to the template.
    /// </summary>
    public string Image { get; set; } = "";

    /// <summary>
    /// The image that code and step runner are put on, instead of <see cref="Image"/>; also an OCI layout folder, <c>oci:PATH</c>.
    /// </summary>
    public string? BaseImage { get; set; }

    /// <summary>The folder with the step's code, which becomes a layer of its image; null for none.</summary>
    public string? Source { get; set; }

    /// <summary>
    /// The folder of the image that the code goes to and the command starts in; null for <c>/workspace</c>, or the image's own without
    /// code.
    /// </summary>
    public string? WorkingDir { get; set; }

    /// <summary>
    /// What the command reads, by name: the path of a file or folder, an <see cref="Artifact"/>, or a <see cref="StepRun"/> with one
    /// output. It lies where <c>{{inputs.NAME}}</c> in the command and the variable <c>RUNAI_INPUT_NAME</c> say.
    /// </summary>
    public IDictionary Input { get; set; } = new OrderedDictionary();

    /// <summary>
    /// The names of what the command writes: a file or folder each, where <c>{{outputs.NAME}}</c> in the command and the variable
    /// <c>RUNAI_OUTPUT_NAME</c> say.
    /// </summary>
    public string[] Output { get; set; } = [];

    /// <summary>True to keep the folder <c>{{checkpoint}}</c> (<c>RUNAI_CHECKPOINT</c>) across preemptions and restarts.</summary>
    public bool Checkpoint { get; set; }

    /// <summary>True to return the outputs of an earlier successful run that was the same in all that makes the result.</summary>
    public bool Cache { get; set; }

    /// <summary>
    /// The program and its arguments, one word each (<c>spec.command</c>, <c>spec.args</c>). No shell is involved unless it is
    /// the program. Empty: the image's own entry point runs.
    /// </summary>
    public string[] Command { get; set; } = [];

    /// <summary>A PowerShell script block that runs in the place of a command, in an image with <c>pwsh</c>; null for none.</summary>
    public StepScript? Script { get; set; }

    /// <summary>
    /// Environment variables by name (<c>spec.environmentVariables</c>): a text, which everyone who can list workloads can
    /// read, or a reference that the cluster resolves: a dictionary with <c>secret</c>, <c>configMap</c> or
    /// <c>userCredential</c> and <c>key</c>, or with <c>podField</c>. A dictionary with <c>value</c> is a text too; <c>description</c> says
    /// what one is for, and
    /// <c>exclude</c> takes one out of what the project's policy adds. An ordered dictionary keeps its order; others are sorted.
    /// </summary>
    public IDictionary Environment { get; set; } = new OrderedDictionary();

    /// <summary>
    /// How often the run is tried again for which cause, each time with a workload of its own: <c>Preempted</c>, <c>Infrastructure</c> and
    /// <c>UserCode</c> with a number, and the times <c>Backoff</c>, <c>MaxBackoff</c> and <c>Window</c>. Empty for never.
    /// </summary>
    public IDictionary Retry { get; set; } = new OrderedDictionary();

    /// <summary>
    /// What tells the step's runs apart, by name, such as the fold of a sweep: texts and numbers, which are kept in the run's record and
    /// are no part of the request. Empty for none.
    /// </summary>
    public IDictionary Tag { get; set; } = new OrderedDictionary();

    /// <summary>How the step is spread over several pods that work together; null for a step of one kind of pods.</summary>
    public StepDistribution? Distribution { get; set; }

    /// <summary>The step's own settings; the step operator's defaults lie under them.</summary>
    public StepSettings Settings { get; set; } = new();

    /// <summary>The image that is used or built on.</summary>
    internal string Base => string.IsNullOrEmpty(BaseImage) ? Image ?? "" : BaseImage!;

    /// <summary>
    /// True for a step that runs under the step runner, since it has code, inputs, outputs, a checkpoint or a script block, or names a base
    /// image. Any other step's image and command go to the control plane as they are.
    /// </summary>
    internal bool NeedsRunner =>
        !string.IsNullOrEmpty(BaseImage) || !string.IsNullOrEmpty(Source) || Input is { Count: > 0 } || Output is { Length: > 0 }
        || Checkpoint || Cache
        || Script is not null;

    /// <summary>The endpoints it goes to.</summary>
    internal TrainingKind Kind => Distribution is null ? TrainingKind.Standard : TrainingKind.Distributed;

    /// <summary>The step's name and image.</summary>
    /// <returns>For example <c>train (python:3.12-slim)</c>.</returns>
    public override string ToString() => $"{Name} ({Base})";
}
