using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using RunAi.Content;
using RunAi.Http;

namespace RunAi.ControlPlane;

/// <summary>One request under way: makes one attempt at a time, bounds it in time and tells the log of it.</summary>
internal sealed class HttpExchange
{
    private readonly HttpClient _client;
    private readonly Uri _baseUrl;
    private readonly AuthenticationHeaderValue? _authorization;
    private readonly IActivityLog _log;
    private readonly TimeProvider _time;
    private readonly TimeSpan _attemptTimeout;
    private readonly long _started;
    private bool _toldTrouble;

    public HttpExchange(
        HttpClient client,
        Uri baseUrl,
        ApiRequest request,
        AuthenticationHeaderValue? authorization,
        IActivityLog log,
        TimeProvider time,
        TimeSpan attemptTimeout)
    {
        _client = client;
        _baseUrl = baseUrl;
        Request = request;
        _authorization = authorization;
        _log = log;
        _time = time;
        _attemptTimeout = attemptTimeout;
        _started = time.GetTimestamp();
    }

    public ApiRequest Request { get; }

    /// <summary>True once an attempt ended in a way that leaves open whether it had its effect.</summary>
    public bool MayHaveHappened { get; private set; }

    /// <summary>Makes one attempt. Whatever goes wrong becomes the answer's fault, except the caller's own cancellation.</summary>
    public async Task<ApiAnswer> AttemptAsync(CancellationToken ct)
    {
        var begun = _time.GetTimestamp();
        using var limit = new StallTimer(_time, _attemptTimeout, ct);
        var answer = await SendAsync(limit.Token, ct).ConfigureAwait(false);
        MayHaveHappened |= answer.MayHaveHappened;
        LogAnswer(answer, _time.GetElapsedTime(begun));
        return answer;
    }

    /// <summary>
    /// Tells the log that there is a wait before the next attempt, and why. A host in trouble is told of once, as a warning: the user
    /// would wonder at the silence.
    /// </summary>
    public void LogWait(ApiAnswer answer, TimeSpan wait)
    {
        var why = answer.Fault == AnswerFailure.None ? $"answered {answer.Status}" : answer.Reason;
        if (answer.IsHostTrouble && !_toldTrouble)
        {
            _toldTrouble = true;
            _log.Warning($"Could not {Request.Purpose} yet: the control plane at {_baseUrl.Authority} {why}. Trying on for a while.");
        }

        _log.Debug($"{Request} is sent again in {wait.TotalSeconds:0.0} s, since the control plane {why}.");
    }

    private async Task<ApiAnswer> SendAsync(CancellationToken limit, CancellationToken caller)
    {
        try
        {
            using var message = Message();
            using var response = await _client
                .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit).ConfigureAwait(false);
            return await AnswerReader.ReadAsync(
                response, Request.WantsBody, _time.GetUtcNow(), _time.GetElapsedTime(_started), limit).ConfigureAwait(false);
        }
        catch (Exception ex) when (
            ex is OperationCanceledException or HttpRequestException or IOException or SocketException or WebException
                or ObjectDisposedException)
        {
            caller.ThrowIfCancellationRequested();
            if (limit.IsCancellationRequested)
            {
                return Failed(AnswerFailure.TimedOut, $"did not answer within {_attemptTimeout.TotalSeconds:0.###} s", null);
            }

            var fault = ProxyRefusal.Is(ex) ? AnswerFailure.ProxyRefused
                : HttpPlatform.NeverConnected(ex) ? AnswerFailure.NotConnected : AnswerFailure.ConnectionLost;
            return Failed(fault, ConnectionErrors.Describe(ex), ex);
        }
    }

    private HttpRequestMessage Message()
    {
        var target = new Uri(ControlPlaneUrl.Show(_baseUrl) + Request.Path + Request.Query);
        var message = new HttpRequestMessage(Request.Method, target);
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        message.Headers.Authorization = _authorization;
        message.Headers.ExpectContinue = false;
        if (Request.Body is not null)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Request.Body));
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(Request.MediaType);
        }

        return message;
    }

    private ApiAnswer Failed(AnswerFailure fault, string reason, Exception? cause) => new()
    {
        Fault = fault,
        Reason = reason,
        Cause = cause,
        Elapsed = _time.GetElapsedTime(_started),
    };

    private void LogAnswer(ApiAnswer answer, TimeSpan took)
    {
        var milliseconds = $"{took.TotalMilliseconds:0} ms";
        var id = answer.RequestId is null ? "" : $" (request id {answer.RequestId})";
        var status = answer.Status is { } known ? $"{known} " : "";
        var trouble = answer.Fault == AnswerFailure.None ? "" : $": the control plane {answer.Reason}";
        _log.Verbose($"{Request} {status}{milliseconds}{id}{trouble}");
        if (answer.Status == 207)
        {
            _log.Warning($"The control plane answered {Request} only in part (207): some of what was asked for is missing.");
        }
    }
}
