using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace RunAi.Tests.ControlPlane;

/// <summary>
/// Stands where the network begins: records each request and gives the answers a test has prepared, the last one again and again.
/// </summary>
internal sealed class FakeControlPlane : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<CancellationToken, Task<HttpResponseMessage>>>> _answers = new();

    public ConcurrentQueue<SentRequest> Sent { get; } = new();

    public IEnumerable<SentRequest> SentTo(string route) => Sent.Where(r => r.Route == route);

    /// <summary>Prepares one more answer for a route such as <c>GET /api/v1/workloads</c>.</summary>
    public FakeControlPlane On(string route, Func<CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _answers.GetOrAdd(route, _ => new()).Enqueue(answer);
        return this;
    }

    public FakeControlPlane On(
        string route, int status, string body = "", string type = "application/json", params (string, string)[] headers) =>
        On(route, _ => Task.FromResult(Answer(status, body, type, headers)));

    public FakeControlPlane Throws(string route, Exception exception) => On(route, _ => Task.FromException<HttpResponseMessage>(exception));

    public FakeControlPlane Hangs(string route) => On(route, async ct =>
    {
        await Task.Delay(Timeout.Infinite, ct);
        throw new InvalidOperationException("unreachable");
    });

    /// <summary>
    /// Lets the attempt's time run out, and ends when that is known: another thread may be waking the clock's timers just now, and then it
    /// also wakes the one that is due.
    /// </summary>
    public FakeControlPlane TimesOut(string route, TestClock clock) => On(route, async ct =>
    {
        clock.Advance(TestClock.AttemptTimeout);
        await Task.Delay(Timeout.Infinite, ct);
        throw new InvalidOperationException("unreachable");
    });

    public static HttpResponseMessage Answer(int status, string body, string type = "application/json", params (string, string)[] headers)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        answer.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        foreach (var (name, value) in headers)
        {
            Assert.True(answer.Headers.TryAddWithoutValidation(name, value));
        }

        return answer;
    }

    public static HttpRequestException Refused() =>
        ConnectionFailures.Refused();

    public static HttpRequestException Reset() =>
        ConnectionFailures.Reset();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = new SentRequest(
            request.Method.Method,
            request.RequestUri!.PathAndQuery,
            request.Headers.Authorization?.ToString(),
            request.Content?.Headers.ContentType?.ToString(),
            request.Headers.Accept.ToString(),
            request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
        Sent.Enqueue(sent);
        var answers = _answers.TryGetValue(sent.Route, out var found)
            ? found
            : throw new InvalidOperationException($"No answer is prepared for {sent.Route}.");
        Func<CancellationToken, Task<HttpResponseMessage>>? answer;
        if (answers.Count > 1)
        {
            Assert.True(answers.TryDequeue(out answer));
        }
        else
        {
            Assert.True(answers.TryPeek(out answer));
        }

        return await answer!(cancellationToken);
    }
}
