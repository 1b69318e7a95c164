using System.Net.Sockets;
using System.Xml;
using Azure;
using Azure.Identity;
using RunAi.Redaction;

namespace RunAi.Artifacts;

/// <summary>Tells in words of ours what the Azure SDK's failures mean.</summary>
internal static class AzureErrors
{
    private const string SignIn =
        "Sign in with 'az login', set AZURE_CLIENT_ID, AZURE_TENANT_ID and AZURE_CLIENT_SECRET, run where there is a managed identity, "
        + "or register the store with -Credential.";

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
            XmlException => StoreErrors.NoAnswer(store, doing),
            RequestFailedException failed => Answer(failed, store, doing, now),
            AuthenticationFailedException => StoreErrors.NoCredential(store, doing, SignIn),
            AggregateException many => Translate(many.Flatten().InnerExceptions.Last(), store, doing, now, ct),
            OperationCanceledException => StoreErrors.Unreachable(store, doing, "it did not answer in time.", cause),
            HttpRequestException or IOException or SocketException =>
                StoreErrors.Unreachable(store, doing, StoreErrors.Words(cause), cause),
            _ => null,
        };

    public static bool IsNoBlob(RequestFailedException failed) => failed.Status == 404 && failed.ErrorCode != "ContainerNotFound";

    private static ArtifactException Answer(RequestFailedException failed, string store, string doing, DateTimeOffset now) =>
        failed.Status switch
        {
            401 or 403 when failed.GetRawResponse()?.Headers.Date is { } time && StoreErrors.Differ(now, time) =>
                StoreErrors.Skewed(store, doing, now, time),
            0 => StoreErrors.Unreachable(store, doing, StoreErrors.Words(failed), failed),
            401 or 403 => StoreErrors.Denied(store, doing, Code(failed)),
            404 when failed.ErrorCode == "ContainerNotFound" => StoreErrors.NoStore(store, "container"),
            408 or 429 or >= 500 => StoreErrors.Unreachable(store, doing, $"it answered {failed.Status} ({Code(failed)}) again and again."),
            _ => StoreErrors.Failed(store, doing, $"it answered {failed.Status} ({Code(failed)})."),
        };

    private static string Code(RequestFailedException failed) =>
        CleanText.Of(failed.ErrorCode, 100) is { Length: > 0 } code ? code : $"status {failed.Status}";
}
