using System.Net.Sockets;
using System.Security.Authentication;
using RunAi.Http;
using RunAi.Redaction;
using RunAi.Wording;

namespace RunAi.Artifacts;

/// <summary>
/// The failures of a store, in words of ours: what an SDK throws goes no further, since its messages may hold addresses with signatures.
/// </summary>
internal static class StoreErrors
{
    public static ArtifactException Unreachable(string store, string doing, string why, Exception? cause = null) => new(
        ErrorIds.ArtifactStoreUnreachable,
        $"{doing} failed: the artifact store '{store}' cannot be reached or broke off: {why} Check its address and the "
        + "network; what was stored so far is kept, so the same command goes on from there.", Plain(cause))
    {
        Target = store,
        MayPass = !IsLasting(cause),
    };

    public static ArtifactException Denied(string store, string doing, string code) => new(
        ErrorIds.ArtifactStoreDenied,
        $"{doing} failed: the artifact store '{store}' refuses it ({code}). Check the credential that it is registered with, "
        + "and that it may read, write, list and delete there.")
    {
        Target = store,
    };

    /// <summary>A signature that is refused for its time: both clocks are told, and no credential is blamed.</summary>
    /// <param name="store">The store.</param>
    /// <param name="doing">What was done.</param>
    /// <param name="here">The time of this machine.</param>
    /// <param name="there">The time that the store answered with.</param>
    public static ArtifactException Skewed(string store, string doing, DateTimeOffset here, DateTimeOffset there) => new(
        ErrorIds.ArtifactStoreDenied,
        $"{doing} failed: the artifact store '{store}' refuses it, and its clock is {Durations.Text((there - here).Duration())} "
        + $"{(there > here ? "ahead of" : "behind")} this machine's ({there:u} there, {here:u} here). Requests are signed with the time, "
        + "and a difference of more than 15 minutes is refused whatever the credential: have the clock that is wrong set (NTP).")
    {
        Target = store,
    };

    /// <summary>True when two clocks differ so much that a store may refuse signatures for it.</summary>
    public static bool Differ(DateTimeOffset here, DateTimeOffset? there) =>
        there is { } time && (time - here).Duration() > TimeSpan.FromMinutes(5);

    public static ArtifactException NoCredential(string store, string doing, string advice) => new(
        ErrorIds.ArtifactStoreDenied,
        $"{doing} failed: no usable credential for the artifact store '{store}' was found in the environment. {advice}")
    {
        Target = store,
    };

    /// <summary>The container or bucket itself is not there.</summary>
    public static ArtifactException NoStore(string store, string what) => new(
        ErrorIds.ArtifactNotFound, $"The {what} of the artifact store '{store}' does not exist. Create it, or correct the address with "
        + "Register-RunAiArtifactStore -Force.")
    {
        Target = store,
    };

    public static ArtifactException NotFound(string store, string key) => new(
        ErrorIds.ArtifactNotFound, $"The artifact store '{store}' has no '{key}'. List what it has with Get-RunAiArtifact.")
    {
        Target = key,
    };

    public static ArtifactException Changed(string store, string key) => new(
        ErrorIds.ArtifactDamaged, $"'{key}' in the artifact store '{store}' was replaced while it was fetched. Fetch it again.")
    {
        Target = key,
    };

    public static ArtifactException Failed(string store, string doing, string why, Exception? cause = null) => new(
        ErrorIds.ArtifactFailed, $"{doing} failed in the artifact store '{store}': {why}", Plain(cause))
    {
        Target = store,
    };

    /// <summary>An answer in another form: what the reader says of it may repeat what is in it.</summary>
    public static ArtifactException NoAnswer(string store, string doing) => Failed(
        store, doing, "it answered with something that is no answer of such a store. Check its address and endpoint, and that no proxy or "
            + "login page stands before it.");

    public static ArtifactException Unusable(string store, string why) => new(
        ErrorIds.InvalidArtifactStore, $"The artifact store '{store}' cannot be opened: {why}")
    {
        Target = store,
    };

    /// <summary>The innermost plain sentence about a failure of the connection.</summary>
    public static string Words(Exception cause)
    {
        if (IsLasting(cause))
        {
            return $"it {ConnectionErrors.Describe(cause)}.";
        }

        var text = (Plain(cause) ?? cause).Message.Split('\n')[0].TrimEnd('\r', ' ');
        return CleanText.Of(text.Split('?')[0]).TrimEnd('.') + ".";
    }

    /// <summary>A name that nobody knows or a certificate that nobody trusts stays so.</summary>
    private static bool IsLasting(Exception? cause)
    {
        if (ProxyRefusal.Is(cause))
        {
            return true;
        }

        for (var exception = cause; exception is not null; exception = exception.InnerException)
        {
            if (exception is AuthenticationException or SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first cause that is the framework's own and has only such causes, if any.</summary>
    private static Exception? Plain(Exception? cause)
    {
        for (var exception = cause; exception is not null; exception = exception.InnerException)
        {
            if (IsPlain(exception))
            {
                return exception;
            }
        }

        return null;
    }

    private static bool IsPlain(Exception? cause) =>
        cause is null || ((cause.GetType().Namespace ?? "").Split('.')[0] == "System" && cause is not AggregateException
            && IsPlain(cause.InnerException));
}
