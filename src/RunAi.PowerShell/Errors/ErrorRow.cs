using System.Management.Automation;

namespace RunAi.PowerShell.Errors;

/// <summary>How one error id is shown: its category and what to do next unless the failure itself says so.</summary>
internal sealed class ErrorRow(ErrorCategory category, string? recommendedAction = null)
{
    public ErrorCategory Category { get; } = category;

    public string? RecommendedAction { get; } = recommendedAction;
}
