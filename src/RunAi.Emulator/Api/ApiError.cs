using RunAi.Emulator.Api.Wire;
using RunAi.Emulator.Policies;

namespace RunAi.Emulator.Api;

/// <summary>The answers that are not the hoped-for one, with the document's words.</summary>
internal static class ApiError
{
    public static IResult NotFound(string details) =>
        Of(new ErrorBody(404, "Resource id not found.", details));

    public static IResult BadRequest(string details) =>
        Of(new ErrorBody(400, "Bad request.", details));

    public static IResult Unauthorized(string details) =>
        Of(new ErrorBody(401, "Issuer is not familiar.", details));

    public static IResult Rejected(string message, IReadOnlyList<ComplianceIssue> issues) => Of(new ErrorBody(
        400, message, string.Join("; ", issues.Select(issue => $"{issue.Field}: {issue.Details}")), issues));

    public static IResult Accepted() =>
        Of(new ErrorBody(202, "Request has been accepted."));

    public static IResult Of(ErrorBody body) => Results.Json(body, WireJson.Options, statusCode: body.Code);
}
