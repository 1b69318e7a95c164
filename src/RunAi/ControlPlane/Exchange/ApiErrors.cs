using RunAi.ControlPlane.Wire;
using RunAi.Redaction;

namespace RunAi.ControlPlane;

/// <summary>Turns an answer that is no success into the exception a caller can act on.</summary>
internal static class ApiErrors
{
    /// <summary>The exception for a last answer; <paramref name="mayHaveHappened"/> tells of the attempts before it too.</summary>
    public static RunAiApiException From(
        ControlPlaneSession session, ApiRequest request, ApiAnswer answer, bool mayHaveHappened = false)
    {
        var body = ApiErrorBody.Read(answer.Json);
        body.Issues.ToList().ForEach(issue => issue.Setting = request.SettingOf?.Invoke(issue.Field));
        var uncertain = !request.Repeatable && (mayHaveHappened || answer.MayHaveHappened);
        var (id, text) = Judge(session, request, answer, body);
        if (uncertain)
        {
            text += " The request may have been carried out all the same: "
                + $"look{(request.Submits ? $" for the workload '{request.Target}'" : "")} before it is sent again.";
        }

        var failure = id == ErrorIds.AuthenticationFailed
            ? new RunAiAuthenticationException(text, answer.Cause)
            : new RunAiApiException(id, text, answer.Cause);
        Fill(failure, request, answer, body);
        failure.MayHaveHappened = uncertain;
        return failure;
    }

    /// <summary>The exception for a success that says something else than the API promises.</summary>
    public static RunAiApiException Unexpected(ControlPlaneSession session, ApiRequest request, ApiAnswer answer, string what)
    {
        var failure = new RunAiApiException(
            ErrorIds.ApiError,
            $"Could not {request.Purpose}: {session.BaseUrl} answered {request} with {answer.Status}, but {what}. Check that "
            + "the URL is that of a Run:ai control plane and that nothing between changes its answers.");
        Fill(failure, request, answer, ApiErrorBody.Read(null));
        failure.MayHaveHappened = !request.Repeatable;
        return failure;
    }

    /// <summary>The exception for a client secret that was refused.</summary>
    public static RunAiAuthenticationException CredentialRefused(ControlPlaneSession session, string origin, ApiAnswer answer)
    {
        var body = ApiErrorBody.Read(answer.Json);
        var failure = new RunAiAuthenticationException(
            $"{session.BaseUrl} refused the client id '{session.ClientId}' with the secret from {origin} "
            + $"({Said(answer, body)}). Check that the secret belongs to this client id and was not rotated or deleted, and "
            + "store the current one there.");
        Fill(failure, new ApiRequest(HttpMethod.Post, "/api/v1/token") { Purpose = "get an access token" }, answer, body);
        failure.Target = session.ClientId;
        return failure;
    }

    /// <summary>The exception for one workload of a batch that was refused.</summary>
    public static RunAiApiException OfBatch(
        ControlPlaneSession session, ApiRequest request, ApiAnswer answer, string verb, BatchRecord.Failure refused)
    {
        var said = CleanText.Of(refused.Message) is { Length: > 0 } words ? words : "no reason given";
        var (id, advice) = refused.Code switch
        {
            404 => (
                ErrorIds.WorkloadNotFound,
                "It may have been deleted; finished workloads are deleted 30 days after their end unless set otherwise."),
            403 => (
                ErrorIds.PermissionDenied,
                "Ask an administrator for an access rule that gives the client id a role with this permission in the scope."),
            _ => (ErrorIds.ApiError, "Look at it with Get-RunAiWorkload before you try again."),
        };
        var failure = new RunAiApiException(
            id, $"Could not {verb} the workload {CleanText.Of(refused.Id, 60)}: {session.BaseUrl} says "
                + $"{(refused.Code is { } code ? $"{code}: " : "")}{said}. {advice}");
        Fill(failure, request, answer, ApiErrorBody.Read(null));
        (failure.Code, failure.ApiMessage, failure.Target) = (refused.Code, said, refused.Id);
        return failure;
    }

    private static (string Id, string Text) Judge(
        ControlPlaneSession session, ApiRequest request, ApiAnswer answer, ApiErrorBody body)
    {
        var could = $"Could not {request.Purpose}: ";
        var said = Said(answer, body);
        var (url, client) = (session.BaseUrl, session.ClientId);
        return answer switch
        {
            { Fault: AnswerFailure.Incomplete or AnswerFailure.NotJson } => (
                ErrorIds.ApiError,
                $"{could}{url} {answer.Reason} to {request} ({said}). Check that the URL is that of a Run:ai control "
                + "plane and that no proxy or login page stands before it."),
            { Fault: not AnswerFailure.None } => (
                ErrorIds.ControlPlaneUnreachable,
                $"{could}the control plane at {session.BaseUri.Authority} {answer.Reason}. Check the URL {url}, and that this "
                + "machine's network, proxy and firewall let it through."),
            { Status: 401 } when session.HasGivenToken => (
                ErrorIds.AuthenticationFailed,
                $"{could}{url} refused the access token that the Run:ai CLI gave, and the next one too ({said}). Check that the "
                + "CLI is signed in to this control plane (runai config describe), and sign in again: runai login"),
            { Status: 401 } => (
                ErrorIds.AuthenticationFailed,
                $"{could}{url} refused the access token of client id '{client}', and a new one too ({said}). Check "
                + "that the service account or access key still exists and is enabled."),
            { Status: 403 } => (
                ErrorIds.PermissionDenied,
                $"{could}the client id '{client}' lacks the permission at {url} ({said}). Ask an administrator for "
                + "an access rule that gives it a role with this permission in the scope."),
            { Status: 404 } when request.NamesWorkload => (
                ErrorIds.WorkloadNotFound,
                $"{could}no workload with the id '{request.Target}' at {url} ({said}). It may have been deleted; finished "
                + "workloads are deleted 30 days after their end unless set otherwise."),
            { Status: 404 } => (
                ErrorIds.ApiError,
                $"{could}{url} knows nothing at {request.Path} ({said}). Check that the URL is that of a Run:ai control plane."),
            { Status: 400 or 409 or 422 } when request.Submits && (answer.Status == 409 || body.SpeaksOfATakenName) => (
                ErrorIds.WorkloadNameTaken,
                $"{could}a workload of that name exists, or is still being deleted ({said}). Use another name or remove that workload."),
            { Status: 400 or 422 } when request.Submits => Refused(session, could, said, body),
            { Status: >= 300 and < 400 } => (
                ErrorIds.ApiError,
                $"{could}{url} redirects {request} to {answer.Location} ({answer.Status}). Use the control plane's own URL."),
            { Status: 429 } => (
                ErrorIds.ApiError,
                $"{could}{url} asks for fewer requests ({said}), also after waiting. Try again later, or do less at once."),
            { Status: >= 500 } => (
                ErrorIds.ApiError,
                $"{could}{url} failed at {request} ({said}). Try again in a few minutes; if it persists, give an administrator "
                + $"the time{(answer.RequestId is null ? "" : $" and the request id {answer.RequestId}")}."),
            _ => (ErrorIds.ApiError, $"{could}{url} refused {request} ({said})."),
        };
    }

    private static (string Id, string Text) Refused(ControlPlaneSession session, string could, string said, ApiErrorBody body)
    {
        var quota = body.SpeaksOfQuota;
        var lines = string.Concat(body.Issues.Select(static issue => $"\n  {issue}"));
        return (
            quota ? ErrorIds.QuotaExceeded : ErrorIds.SubmissionRejected,
            $"{could}{session.BaseUrl} refused it ({said}).{lines}{(lines.Length > 0 ? "\n" : " ")}"
            + (quota
                ? "Ask for less, make the workload preemptible, or ask an administrator for more quota."
                : "Change the settings so that they comply, or ask an administrator about the project's policy."));
    }

    private static string Said(ApiAnswer answer, ApiErrorBody body)
    {
        var words = string.Join("; ", new[] { body.Message, body.Details }.Where(static t => t is not null));
        if (words.Length == 0)
        {
            words = ApiAnswer.IsWebPage(answer.Text) ? $"a web page: {answer.Text}" : answer.Text;
        }

        return words.Length == 0 ? $"{answer.Status}" : answer.Status is null ? words : $"{answer.Status}: {words}";
    }

    private static void Fill(RunAiApiException failure, ApiRequest request, ApiAnswer answer, ApiErrorBody body)
    {
        failure.StatusCode = answer.Status;
        failure.Code = body.Code;
        failure.ApiMessage = body.Message;
        failure.Details = body.Details;
        failure.ComplianceIssues = body.Issues;
        failure.RequestId = answer.RequestId;
        failure.Request = request.ToString();
        failure.Target = request.Target;
    }
}
