using System.Net.Sockets;
using System.Security.Authentication;

namespace RunAi.StepRunner.Reporting;

/// <summary>Says in words why something failed. The framework's own texts are not in the executable.</summary>
internal static class Reason
{
    public static string Of(Exception exception) => exception switch
    {
        RunnerException or Store.StoreException or Store.ContentException or Folders.UnpackException => exception.Message.TrimEnd('.'),
        HttpRequestException { InnerException: AuthenticationException { InnerException: null } } =>
            "the server's certificate is not trusted (SSL_CERT_FILE can name the file with the certificates to trust)",
        HttpRequestException { InnerException: AuthenticationException } => "no secure connection could be made",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "the server's name cannot be resolved",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError, InnerException: SocketException s } => Of(s),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "no secure connection could be made",
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => "the connection was cut",
        HttpRequestException { InnerException: { } inner } => Of(inner),
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "the connection was refused",
        SocketException { SocketErrorCode: var code } => $"the connection failed ({code})",
        IOException { InnerException: SocketException s } => Of(s),
        HttpIOException => "the connection was cut",
        OperationCanceledException => "it took too long",
        UnauthorizedAccessException => "permission denied",
        FileNotFoundException or DirectoryNotFoundException => "no such file or folder",
        PathTooLongException => "the path is too long",
        IOException io => OfErrno(io.HResult),
        _ => exception.GetType().Name,
    };

    private static string OfErrno(int errno) => errno switch
    {
        1 or 13 => "permission denied",
        2 => "no such file or folder",
        5 => "input/output error",
        17 => "it is there already",
        20 => "a parent is not a folder",
        27 => "the file is too large",
        28 => "no space left on the device",
        30 => "the file system is read-only",
        32 => "the pipe is closed",
        36 => "the name is too long",
        39 => "the folder is not empty",
        122 => "the disk quota is used up",
        _ => $"input/output error {errno}",
    };
}
