using RunAi.Http;

namespace RunAi.Chaos.Tests.Clients;

/// <summary>Tells before each request is sent and after its answer came.</summary>
internal sealed class SteppedHandler(Action<string> step) : DelegatingHandler(HttpPlatform.CreateHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var what = $"{request.Method} {request.RequestUri!.AbsolutePath}";
        step($"before {what}");
        var answer = await base.SendAsync(request, cancellationToken);
        step($"after {what}");
        return answer;
    }
}
