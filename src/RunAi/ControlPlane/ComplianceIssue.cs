namespace RunAi;

/// <summary>One way in which a submission breaks the project's policy (<c>complianceIssues[]</c> of the Run:ai API).</summary>
public sealed class ComplianceIssue
{
    /// <summary>Creates an issue.</summary>
    /// <param name="field">The field in dotted form, for example <c>compute.gpuDevicesRequest</c>.</param>
    /// <param name="details">What the policy asks for, for example <c>value must be no less than 3</c>.</param>
    /// <param name="rule">The rule: <c>min max step options required canEdit canAdd locked</c>, or null.</param>
    public ComplianceIssue(string field, string details, string? rule)
    {
        Field = field;
        Details = details;
        Rule = rule;
    }

    /// <summary>The field in dotted form, for example <c>compute.gpuDevicesRequest</c>.</summary>
    public string Field { get; }

    /// <summary>What the policy asks for.</summary>
    public string Details { get; }

    /// <summary>The rule that was broken, or null when the control plane does not say.</summary>
    public string? Rule { get; }

    /// <summary>The parameter that sets the field, for example <c>GpuDevicesRequest</c>; null when none is known to.</summary>
    public string? Setting { get; internal set; }

    /// <summary>The issue on one line.</summary>
    /// <returns><c>setting (field): details (rule)</c>.</returns>
    public override string ToString() =>
        $"{(Setting is null || Setting == Field ? Field : $"{Setting} ({Field})")}: {Details}{(Rule is null ? "" : $" ({Rule})")}";
}
