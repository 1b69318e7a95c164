using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using RunAi.Json;
using RunAi.Redaction;

namespace RunAi.ControlPlane;

/// <summary>
/// The Run:ai REST API for one caller: a shared session, the caller's way to the secret and the caller's log. Light and
/// thread-safe. Failures are <see cref="RunAiApiException"/>.
/// </summary>
internal sealed partial class ControlPlaneClient
{
    private readonly ClientCredential _credential;
    private readonly IActivityLog _log;

    public ControlPlaneClient(ControlPlaneSession session, ClientCredential credential, IActivityLog log)
    {
        Session = session;
        _credential = credential;
        _log = log;
    }

    public ControlPlaneSession Session { get; }

    /// <summary>Gets what is done.</summary>
    public IActivityLog Log => _log;

    /// <summary>The same client with another log.</summary>
    public ControlPlaneClient WithLog(IActivityLog log) => new(Session, _credential, log);

    /// <summary>Makes sure there is a token; sends nothing when there is a good one.</summary>
    public Task ConnectAsync(CancellationToken ct) => Session.GetTokenAsync(_credential, _log, ct);

    /// <summary>
    /// Asks for a token with this caller's own secret, whatever the session holds already. A token that is given needs no exchange: a
    /// request shows whether the control plane takes it.
    /// </summary>
    /// <exception cref="RunAiAuthenticationException">The secret or token is refused.</exception>
    public async Task VerifyAsync(CancellationToken ct)
    {
        if (Session.HasGivenToken)
        {
            var probe = new ApiRequest(HttpMethod.Get, "/api/v1/org-unit/projects")
            {
                Query = "?limit=1",
                Purpose = "try the access token",
            };
            await SendAsync(probe, ct).ConfigureAwait(false);
            return;
        }

        var secret = await _credential.ResolveAsync(ct).ConfigureAwait(false);
        var (_, refusal) = await TokenClient.RequestAsync(Session, secret, _log, ct).ConfigureAwait(false);
        if (refusal is not null)
        {
            throw ApiErrors.CredentialRefused(Session, _credential.Origin, refusal);
        }
    }

    /// <summary>
    /// Sends any request and returns the successful answer. A token refused with 401 is renewed and the request sent again,
    /// once: a 401 means that nothing was done.
    /// </summary>
    public async Task<ApiAnswer> SendAsync(ApiRequest request, CancellationToken ct)
    {
        var token = await Session.GetTokenAsync(_credential, _log, ct).ConfigureAwait(false);
        var (answer, mayHaveHappened) = await SendAsync(request, token, ct).ConfigureAwait(false);
        if (answer is { Fault: AnswerFailure.None, Status: 401 })
        {
            _log.Debug("The access token was refused; a new one is fetched.");
            Session.Drop(token);
            token = await Session.GetTokenAsync(_credential, _log, ct).ConfigureAwait(false);
            (answer, mayHaveHappened) = await SendAsync(request, token, ct).ConfigureAwait(false);
        }

        // A deletion whose answer was lost is repeated, and then finds nothing left to delete.
        var gone = mayHaveHappened && request.Method == HttpMethod.Delete && answer is { Fault: AnswerFailure.None, Status: 404 };
        return answer.Succeeded || gone ? answer : throw ApiErrors.From(Session, request, answer, mayHaveHappened);
    }

    private async Task<(ApiAnswer Answer, bool MayHaveHappened)> SendAsync(ApiRequest request, AccessToken token, CancellationToken ct)
    {
        var exchange = await Session.Transport.SendAsync(Session.Name, Session.BaseUri, request, token, _log, ct).ConfigureAwait(false);
        if (exchange.Answer.ServerTime is { } serverTime)
        {
            Session.Note(serverTime);
        }

        return exchange;
    }

    private async Task<T> ReadAsync<T>(ApiRequest request, CancellationToken ct)
        where T : class
    {
        var answer = await SendAsync(request, ct).ConfigureAwait(false);
        return Map<T>(request, answer, answer.Json);
    }

    private async Task<Page<T>> ReadPageAsync<T>(ApiRequest request, string rows, CancellationToken ct)
        where T : class
    {
        var answer = await SendAsync(request, ct).ConfigureAwait(false);
        var body = answer.Json as JObject;
        // Lists of templates have a third form of pages: pagination.nextOffset, declared as a number that need not be whole.
        var next = (body?["next"] ?? (body?["pagination"] as JObject)?["nextOffset"])
            is JValue { Type: JTokenType.Integer or JTokenType.Float } offset
            ? (int?)offset
            : null;
        return new Page<T>(Rows<T>(request, answer, body?[rows], $"'{rows}'"), next);
    }

    private List<T> Rows<T>(ApiRequest request, ApiAnswer answer, JToken? list, string name)
        where T : class => list is JArray array
            ? [.. array.Where(static row => row.Type != JTokenType.Null).Select(row => Map<T>(request, answer, row))]
            : throw ApiErrors.Unexpected(Session, request, answer, $"it holds no list {name}");

    private T Map<T>(ApiRequest request, ApiAnswer answer, JToken? value)
        where T : class
    {
        if (value is not JObject)
        {
            throw ApiErrors.Unexpected(Session, request, answer, "where an object belongs there is none");
        }

        try
        {
            return WireJson.Map<T>(value);
        }
        catch (JsonException ex)
        {
            var why = CleanText.Of(ex.Message, 200);
            throw ApiErrors.Unexpected(Session, request, answer, $"it is not as the API describes it ({why})");
        }
    }
}
