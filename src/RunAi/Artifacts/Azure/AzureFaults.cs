using System.Net.Sockets;
using System.Xml;
using Azure;
using Azure.Identity;
using RunAi.ControlPlane;

namespace RunAi.Artifacts;

/// <summary>Tells in words of ours what the Azure SDK's failures mean.</summary>
internal static class AzureFaults
{
    private const string SignIn = "Sign in with 'az login', set AZURE_CLIENT_ID, AZURE_TENANT_ID and AZURE_CLIENT_SECRET, run where there is a managed identity, "
        + "or register the store with -Credential.";

    /// <summary>The failure in words of ours; null for what is none of the store's.</summary>
    public static ArtifactException? Translate(Exception cause, string store, string doing, CancellationToken ct) => cause switch
    {
        OperationCanceledException when ct.IsCancellationRequested => null,
        XmlException => StoreFaults.NoAnswer(store, doing),
        RequestFailedException failed => Answer(failed, store, doing),
        AuthenticationFailedException => StoreFaults.NoCredential(store, doing, SignIn),
        AggregateException many => Translate(many.Flatten().InnerExceptions.Last(), store, doing, ct),
        OperationCanceledException => StoreFaults.Unreachable(store, doing, "it did not answer in time.", cause),
        HttpRequestException or IOException or SocketException => StoreFaults.Unreachable(store, doing, StoreFaults.Words(cause), cause),
        _ => null,
    };

    public static bool IsNoBlob(RequestFailedException failed) => failed.Status == 404 && failed.ErrorCode != "ContainerNotFound";

    private static ArtifactException Answer(RequestFailedException failed, string store, string doing) => failed.Status switch
    {
        0 => StoreFaults.Unreachable(store, doing, StoreFaults.Words(failed), failed),
        401 or 403 => StoreFaults.Denied(store, doing, Code(failed)),
        404 when failed.ErrorCode == "ContainerNotFound" => StoreFaults.NoStore(store, "container"),
        408 or 429 or >= 500 => StoreFaults.Unreachable(store, doing, $"it answered {failed.Status} ({Code(failed)}) again and again."),
        _ => StoreFaults.Failed(store, doing, $"it answered {failed.Status} ({Code(failed)})."),
    };

    private static string Code(RequestFailedException failed) => CleanText.Of(failed.ErrorCode, 100) is { Length: > 0 } code ? code : $"status {failed.Status}";
}
