using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Xml;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;
using RunAi.Redaction;

namespace RunAi.Artifacts;

/// <summary>Tells in words of ours what the AWS SDK's failures mean.</summary>
internal static class S3Errors
{
    private const string SignIn =
        "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or AWS_PROFILE, run where there is a role, or register the store with "
        + "-Credential.";

    /// <summary>The failure in words of ours; null for what is none of the store's.</summary>
    /// <param name="cause">What the SDK threw.</param>
    /// <param name="store">The store.</param>
    /// <param name="doing">What was done.</param>
    /// <param name="now">The time of this machine.</param>
    /// <param name="ct">What may have ended the work.</param>
    public static ArtifactException? Translate(Exception cause, string store, string doing, DateTimeOffset now, CancellationToken ct) =>
        cause switch
        {
            OperationCanceledException when ct.IsCancellationRequested => null,
            XmlException or AmazonUnmarshallingException => StoreErrors.NoAnswer(store, doing),
            AmazonServiceException failed when (int)failed.StatusCode > 0 => Answer(failed, store, doing, now),
            AmazonServiceException or HttpRequestException or IOException or SocketException or WebException =>
                StoreErrors.Unreachable(store, doing, StoreErrors.Words(cause), cause),
            AmazonClientException client when client.InnerException is HttpRequestException or IOException or SocketException
                or WebException or OperationCanceledException =>
                StoreErrors.Unreachable(store, doing, StoreErrors.Words(client), client),
            AmazonClientException => StoreErrors.NoCredential(store, doing, SignIn),
            OperationCanceledException => StoreErrors.Unreachable(store, doing, "it did not answer in time.", cause),
            _ => null,
        };

    public static bool IsNoObject(AmazonS3Exception failed) =>
        failed.StatusCode == HttpStatusCode.NotFound && failed.ErrorCode != "NoSuchBucket";

    private static ArtifactException Answer(AmazonServiceException failed, string store, string doing, DateTimeOffset now) =>
        (int)failed.StatusCode switch
        {
            401 or 403 when TimeOf(failed) is { } time && StoreErrors.Differ(now, time) => StoreErrors.Skewed(store, doing, now, time),
            401 or 403 => StoreErrors.Denied(store, doing, Code(failed)),
            404 when failed.ErrorCode == "NoSuchBucket" => StoreErrors.NoStore(store, "bucket"),
            301 or 307 or 400 when failed.ErrorCode is "PermanentRedirect" or "AuthorizationHeaderMalformed" or "TemporaryRedirect" =>
                StoreErrors.Unusable(store, "its bucket is in another region. Register it with -Region."),
            408 or 429 or >= 500 =>
                StoreErrors.Unreachable(store, doing, $"it answered {(int)failed.StatusCode} ({Code(failed)}) again and again."),
            var status => StoreErrors.Failed(store, doing, $"it answered {status} ({Code(failed)})."),
        };

    /// <summary>The store's time: an answer without a body, as that to a HEAD is, has it in its head alone.</summary>
    private static DateTimeOffset? TimeOf(AmazonServiceException failed) =>
        failed.InnerException is HttpErrorResponseException { Response: { } response }
        && DateTimeOffset.TryParse(
            response.GetHeaderValue("Date"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    private static string Code(AmazonServiceException failed) =>
        CleanText.Of(failed.ErrorCode, 100) is { Length: > 0 } code ? code : $"status {(int)failed.StatusCode}";
}
