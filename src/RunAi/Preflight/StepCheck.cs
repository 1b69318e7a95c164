namespace RunAi;

/// <summary>One line of <c>Test-RunAiStep</c>.</summary>
public sealed class StepCheck
{
    internal StepCheck(string step, string name, StepCheckStatus status, string message)
    {
        Step = step;
        Name = name;
        Status = status;
        Message = message;
    }

    /// <summary>The step's name.</summary>
    public string Step { get; }

    /// <summary>
    /// What was checked: <c>Step</c>, <c>Stack</c>, <c>Secrets</c>, <c>Credentials</c>, <c>Project</c>, <c>Cluster</c>,
    /// <c>Template</c>, <c>Policy</c>, <c>Priority</c>, <c>Placement</c>, <c>Image</c> or <c>ArtifactStore</c>.
    /// </summary>
    public string Name { get; }

    /// <summary>How it came out.</summary>
    public StepCheckStatus Status { get; }

    /// <summary>What was found, with its numbers.</summary>
    public string Message { get; }

    /// <summary>The parameter that it is about, as the user writes it; null when it is about none.</summary>
    public string? Field { get; internal set; }

    /// <summary>Whose rule or which place it is about, such as <c>project 3</c> or <c>node pool a100</c>; null for none.</summary>
    public string? Scope { get; internal set; }

    /// <summary>What to do about it; null when nothing need be done.</summary>
    public string? Remedy { get; internal set; }

    /// <summary>For <c>Placement</c>: how the step stands in the node pool.</summary>
    public PlacementStanding? Standing { get; internal set; }

    /// <summary>The check on one line.</summary>
    /// <returns>For example <c>Failed: Policy: GpuDevicesRequest: 4 is more than 2 (project 3). Ask for at most 2.</c></returns>
    public override string ToString() => $"{Status}: {Name}: {Text}";

    /// <summary>All of it in one text: standing, field, message, scope and remedy.</summary>
    public string Text
    {
        get
        {
            var said = $"{(Standing is null ? "" : $"{Standing}: ")}{(Field is null ? "" : Field + ": ")}{Message}"
                + $"{(Scope is null ? "" : $" ({Scope})")}";
            return said + (said[said.Length - 1] == '.' ? "" : ".") + (Remedy is null ? "" : " " + Remedy);
        }
    }
}
