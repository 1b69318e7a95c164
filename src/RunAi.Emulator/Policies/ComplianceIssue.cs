namespace RunAi.Emulator.Policies;

/// <summary>A field that breaks a rule (schema SubmissionErrorV2.complianceIssues); without a rule it is malformed.</summary>
internal sealed record ComplianceIssue(string Field, string Details, string? Rule = null);
