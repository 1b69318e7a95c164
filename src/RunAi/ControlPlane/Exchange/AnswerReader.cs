using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using RunAi.Http;
using RunAi.Json;
using RunAi.Redaction;

namespace RunAi.ControlPlane;

/// <summary>Reads an HTTP answer to its end and judges its form, not its meaning.</summary>
internal static class AnswerReader
{
    private static readonly string[] RequestIdHeaders =
        ["X-Request-Id", "X-Correlation-Id", "Request-Id", "X-Trace-Id", "traceparent"];

    /// <summary>Reads body and headers. A break in the body throws as the stream does.</summary>
    public static async Task<ApiAnswer> ReadAsync(
        HttpResponseMessage response, bool wantsBody, DateTimeOffset now, TimeSpan elapsed, CancellationToken ct)
    {
        using var body = new MemoryStream();
        // Disposing the answer is what ends a read on .NET Framework, whose network streams ignore tokens.
        using (ct.Register(static state => ((HttpResponseMessage)state!).Dispose(), response))
        {
            var stream = await HttpPlatform.OpenAsync(response.Content, ct).ConfigureAwait(false);
            await stream.CopyToAsync(body, 81920, ct).ConfigureAwait(false);
        }

        var (json, fault) = Parse(body);
        var succeeded = response.IsSuccessStatusCode;
        if (!succeeded || (!wantsBody && fault == AnswerFailure.Incomplete))
        {
            fault = AnswerFailure.None;
        }

        return new ApiAnswer
        {
            Status = (int)response.StatusCode,
            Json = json,
            Text = json is null ? Beginning(body) : "",
            Fault = fault,
            Reason = fault switch
            {
                AnswerFailure.Incomplete when body.Length == 0 => "sent an empty answer",
                AnswerFailure.Incomplete => "sent an answer that is cut short or garbled",
                AnswerFailure.NotJson => "sent a web page instead of an answer",
                _ => "",
            },
            RequestId = RequestId(response),
            Location = CleanText.Of(response.Headers.Location?.OriginalString),
            ServerTime = response.Headers.Date,
            RetryAfter = RetryAfter(response, now),
            Elapsed = elapsed,
        };
    }

    private static (JToken? Json, AnswerFailure Fault) Parse(MemoryStream body)
    {
        body.Position = 0;
        try
        {
            return (WireJson.Read(new MemoryStream(body.GetBuffer(), 0, (int)body.Length, writable: false)), AnswerFailure.None);
        }
        catch (JsonException)
        {
            return (null, ApiAnswer.IsWebPage(Beginning(body)) ? AnswerFailure.NotJson : AnswerFailure.Incomplete);
        }
    }

    private static string Beginning(MemoryStream body)
    {
        var length = (int)Math.Min(body.Length, 4 * CleanText.MaxLength);
        return CleanText.Of(Encoding.UTF8.GetString(body.GetBuffer(), 0, length).TrimStart('\uFEFF'));
    }

    private static string? RequestId(HttpResponseMessage response)
    {
        foreach (var name in RequestIdHeaders)
        {
            if (response.Headers.TryGetValues(name, out var values))
            {
                return CleanText.Of(string.Join(",", values), 100);
            }
        }

        return null;
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
        _ => null,
    };
}
