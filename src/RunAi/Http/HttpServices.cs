using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;

namespace RunAi.Http;

/// <summary>Sets up the factory that keeps HTTP handlers.</summary>
internal static class HttpServices
{
    /// <summary>
    /// A provider with the factory. Its filters for logs and metrics are taken out: we log ourselves, and the one for metrics hands the
    /// runtime's handler a type of System.Diagnostics.DiagnosticSource, of which the runtime has a version other than the one beside us.
    /// </summary>
    public static ServiceProvider Build(Func<HttpMessageHandler> handler)
    {
        var services = new ServiceCollection();
        services.ConfigureHttpClientDefaults(builder => builder
            .ConfigurePrimaryHttpMessageHandler(handler)
            .ConfigureHttpClient(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .SetHandlerLifetime(TimeSpan.FromMinutes(10)));
        services.RemoveAll<IHttpMessageHandlerBuilderFilter>();
        return services.BuildServiceProvider();
    }
}
