using RunAi.Emulator.Policies;

namespace RunAi.Emulator.Api.Wire;

/// <summary>Schemas Error, HttpResponse and, with issues, SubmissionErrorV2.</summary>
internal sealed record ErrorBody(
    int Code, string Message, string? Details = null, IReadOnlyList<ComplianceIssue>? ComplianceIssues = null);
