namespace RunAi;

/// <summary>
/// The control plane refused or failed a request, or answered with something that is no answer
/// (the <c>Error</c> and <c>SubmissionErrorV2</c> schemas of the Run:ai API, or HTML of a gateway before it).
/// </summary>
public class RunAiApiException : RunAiException
{
    /// <summary>Creates a failure of one request.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="message">What was asked, what was answered and what to do next.</param>
    /// <param name="inner">What caused it.</param>
    public RunAiApiException(string errorId, string message, Exception? inner = null)
        : base(errorId, message, inner)
    {
    }

    /// <summary>The HTTP status, or null when no answer came.</summary>
    public int? StatusCode { get; set; }

    /// <summary>The API's own code (<c>code</c>), which usually repeats the status.</summary>
    public int? Code { get; set; }

    /// <summary>The API's message (<c>message</c>).</summary>
    public string? ApiMessage { get; set; }

    /// <summary>The API's details (<c>details</c>).</summary>
    public string? Details { get; set; }

    /// <summary>What in a submission breaks which policy rule (<c>complianceIssues</c>).</summary>
    public IReadOnlyList<ComplianceIssue> ComplianceIssues { get; set; } = [];

    /// <summary>The id a gateway or the control plane gave the request, to quote to an administrator.</summary>
    public string? RequestId { get; set; }

    /// <summary>The request's method and path, without its host, query and body.</summary>
    public string? Request { get; set; }

    /// <summary>
    /// True when the request may have had its effect although no proper answer came (time-out, reset, 5xx, an answer cut short).
    /// </summary>
    public bool MayHaveHappened { get; set; }

    /// <summary>True when the control plane does not know what was asked for, or no longer.</summary>
    internal bool IsNotFound => StatusCode == 404;
}
