using Azure.Core;
#if NETFRAMEWORK
using Azure.Core.Pipeline;
using RunAi.Http;
#endif

namespace RunAi.Artifacts;

/// <summary>What is different in the Azure SDK's HTTP on the two target frameworks.</summary>
internal static class AzurePlatform
{
    /// <summary>
    /// On .NET Framework, has the SDK send its requests as the rest of the library does: its own client takes the process's default
    /// protocols, which may exclude TLS 1.2.
    /// </summary>
    /// <param name="options">The options of a client or a credential.</param>
    public static void Prepare(ClientOptions options)
    {
#if NETFRAMEWORK
        options.Transport = new HttpClientTransport(HttpPlatform.SdkClient);
#else
        _ = options;
#endif
    }
}
