using System.Collections;
using System.Collections.Specialized;

namespace RunAi;

/// <summary>A step's definition: what runs, in which image, with which environment and settings.</summary>
public sealed class Step
{
    /// <summary>
    /// The step's name, which becomes part of the workload's: a letter or digit, then up to 62 letters, digits, <c>.</c>,
    /// <c>_</c> and <c>-</c>.
    /// </summary>
    public string Name { get; set; } = "";

    /// <summary>The container image, for example <c>python:3.12-slim</c> (<c>spec.image</c>).</summary>
    public string Image { get; set; } = "";

    /// <summary>
    /// The program and its arguments, one word each (<c>spec.command</c>, <c>spec.args</c>). No shell is involved unless it is
    /// the program. Empty: the image's own entry point runs.
    /// </summary>
    public string[] Command { get; set; } = [];

    /// <summary>
    /// Environment variables by name (<c>spec.environmentVariables</c>): a text, which everyone who can list workloads can
    /// read, or a reference that the cluster resolves: a dictionary with <c>secret</c>, <c>configMap</c> or
    /// <c>userCredential</c> and <c>key</c>, or with <c>podField</c>. An ordered dictionary keeps its order; others are sorted.
    /// </summary>
    public IDictionary Environment { get; set; } = new OrderedDictionary();

    /// <summary>The step's own settings; the step operator's defaults lie under them.</summary>
    public StepSettings Settings { get; set; } = new();

    /// <summary>The step's name and image.</summary>
    /// <returns>For example <c>train (python:3.12-slim)</c>.</returns>
    public override string ToString() => $"{Name} ({Image})";
}
