using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using RunAi.ControlPlane.Wire;
using RunAi.Secrets;

namespace RunAi.ControlPlane;

/// <summary>
/// A credential at a control plane, shared by all callers of the process that keep the secret in the same place: the access token, the
/// secret it was got with, and what was looked up lately.
/// </summary>
[DebuggerDisplay("{Name}")]
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle holds nothing to dispose of.")]
internal sealed class ControlPlaneSession
{
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private volatile SecretText? _secret;
    private long _serverAhead;
    private volatile AccessToken? _token;
    private volatile ExceptionDispatchInfo? _failure;

    public ControlPlaneSession(ControlPlaneTransport transport, Uri baseUrl, string clientId, string secretReference)
    {
        Transport = transport;
        BaseUri = baseUrl;
        ClientId = clientId;
        SecretReference = secretReference;
        Projects = new LookupCache<ProjectRecord>(transport.Time, transport.Options.LookupLifetime);
        Policies = new LookupCache<EffectivePolicy>(transport.Time, transport.Options.LookupLifetime);
        DistributedPolicies = new LookupCache<EffectivePolicy>(transport.Time, transport.Options.LookupLifetime);
        Clusters = new LookupCache<IReadOnlyList<ClusterRecord>>(transport.Time, transport.Options.LookupLifetime);
        NodePools = new LookupCache<IReadOnlyList<NodePoolRecord>>(transport.Time, transport.Options.LookupLifetime);
        Priorities = new LookupCache<IReadOnlyList<PriorityRecord>>(transport.Time, transport.Options.LookupLifetime);
        Templates = new LookupCache<TemplateRecord>(transport.Time, transport.Options.LookupLifetime);
        DeniedLookups = new LookupCache<string>(transport.Time, transport.Options.LookupLifetime);
    }

    /// <summary>The control plane's base URL, normalised, without a trailing slash.</summary>
    public string BaseUrl => ControlPlaneUrl.Show(BaseUri);

    public Uri BaseUri { get; }

    public string ClientId { get; }

    /// <summary>Where the secret is kept, such as <c>{{runai_secret.client_secret}}</c>.</summary>
    public string SecretReference { get; }

    /// <summary>True when what is kept there is an access token, which is not exchanged and is asked for each time.</summary>
    public bool HasGivenToken => SecretReference == RunAiCli.Reference;

    /// <summary>What sets the session apart from others; the name of its HTTP client.</summary>
    public string Name => $"{BaseUrl} {ClientId} {SecretReference}";

    public ControlPlaneTransport Transport { get; }

    /// <summary>When the first token came, or null while there was none with this secret.</summary>
    public DateTimeOffset? ConnectedAt { get; private set; }

    /// <summary>When the current token ends, or null while there is none.</summary>
    public DateTimeOffset? TokenExpiresAt => _token?.ExpiresAt;

    /// <summary>True while there is a token that is good for a while yet.</summary>
    public bool IsConnected => Current() is not null;

    /// <summary>Projects by name.</summary>
    public LookupCache<ProjectRecord> Projects { get; }

    /// <summary>All clusters under one key.</summary>
    public LookupCache<IReadOnlyList<ClusterRecord>> Clusters { get; }

    /// <summary>All node pools under one key.</summary>
    public LookupCache<IReadOnlyList<NodePoolRecord>> NodePools { get; }

    /// <summary>All priorities under one key.</summary>
    public LookupCache<IReadOnlyList<PriorityRecord>> Priorities { get; }

    /// <summary>Workload templates by project id and name.</summary>
    public LookupCache<TemplateRecord> Templates { get; }

    /// <summary>What the control plane did not tell of, by what was asked for, and the error's id.</summary>
    public LookupCache<string> DeniedLookups { get; }

    /// <summary>Training policies by project id.</summary>
    public LookupCache<EffectivePolicy> Policies { get; }

    /// <summary>Policies of distributed trainings by project id.</summary>
    public LookupCache<EffectivePolicy> DistributedPolicies { get; }

    /// <summary>The server's time now: the local clock, set right by the <c>Date</c> of the last answer that had one.</summary>
    public DateTimeOffset ServerTime => Transport.Time.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _serverAhead));

    /// <summary>Takes note of the server's clock.</summary>
    public void Note(DateTimeOffset serverTime)
    {
        // The header is whole seconds: the half is its mean error.
        var ahead = serverTime + TimeSpan.FromMilliseconds(500) - Transport.Time.GetUtcNow();
        Interlocked.Exchange(ref _serverAhead, ahead.Ticks);
    }

    /// <summary>
    /// Forgets a project, by name or id, because the control plane refused what was remembered; its policy, templates and the
    /// clusters too.
    /// </summary>
    public void InvalidateProject(string nameOrId)
    {
        var ids = Projects.Values.Where(p => p.Name == nameOrId).Select(static p => p.Id).Append(nameOrId).ToArray();
        Projects.Forget((_, project) => ids.Contains(project.Id));
        Templates.Forget(static (_, _) => true);
        Policies.Forget((id, _) => ids.Contains(id));
        DistributedPolicies.Forget((id, _) => ids.Contains(id));
        Clusters.Forget(static (_, _) => true);
    }

    /// <summary>
    /// A token that is good for a while yet. One caller at a time gets a new one, with its own credential and under its
    /// own cancellation; the others wait, and share the control plane's failure instead of running into it one by one.
    /// </summary>
    public async Task<AccessToken> GetTokenAsync(ClientCredential credential, IActivityLog log, CancellationToken ct)
    {
        if (Current() is { } good)
        {
            return good;
        }

        var known = _failure;
        await _refreshing.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (Current() is { } meanwhile)
            {
                return meanwhile;
            }

            if (_failure is { } fresh && fresh != known)
            {
                fresh.Throw();
            }

            return await RefreshAsync(credential, log, ct).ConfigureAwait(false);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    /// <summary>Drops a token the control plane refused, unless another has taken its place.</summary>
    public void Drop(AccessToken refused) => Interlocked.CompareExchange(ref _token!, null, refused);

    /// <summary>Drops token and secret when the secret is known to be another one by now, so that the next request needs it.</summary>
    public void Expect(SecretText current)
    {
        if (_secret is { } known && !known.SameAs(current))
        {
            ForgetSecret();
        }
    }

    /// <summary>Drops token, secret and look-ups.</summary>
    public void Forget()
    {
        ForgetSecret();
        Projects.Forget(static (_, _) => true);
        Policies.Forget(static (_, _) => true);
        DistributedPolicies.Forget(static (_, _) => true);
        Clusters.Forget(static (_, _) => true);
        NodePools.Forget(static (_, _) => true);
        Templates.Forget(static (_, _) => true);
        DeniedLookups.Forget(static (_, _) => true);
        Priorities.Forget(static (_, _) => true);
    }

    private void ForgetSecret()
    {
        _secret = null;
        _token = null;
        ConnectedAt = null;
    }

    /// <summary>The session as a user sees it.</summary>
    public RunAiSession ToSnapshot() => new(BaseUrl, ClientId, SecretReference, ConnectedAt, TokenExpiresAt, Projects.Values.Count);

    public override string ToString() => Name;

    private AccessToken? Current() =>
        _token is { } token && Transport.Time.GetUtcNow() < token.RefreshAt ? token : null;

    private async Task<AccessToken> RefreshAsync(ClientCredential credential, IActivityLog log, CancellationToken ct)
    {
        try
        {
            var token = await ExchangeAsync(credential, log, ct).ConfigureAwait(false);
            ConnectedAt ??= Transport.Time.GetUtcNow();
            return _token = token;
        }
        catch (RunAiApiException ex)
        {
            _failure = ExceptionDispatchInfo.Capture(ex);
            throw;
        }
    }

    private async Task<AccessToken> ExchangeAsync(ClientCredential credential, IActivityLog log, CancellationToken ct)
    {
        if (HasGivenToken)
        {
            var given = (await credential.ResolveAsync(ct).ConfigureAwait(false)).Reveal();
            return new AccessToken(given, Transport.Time.GetUtcNow(), TokenLifetime.LeftOf(given, ServerTime));
        }

        // The token of an outside identity is short-lived: it is asked for each time.
        var remembered = ClientId == TokenClient.ExternalIdentity ? null : _secret;
        var secret = remembered ?? await credential.ResolveAsync(ct).ConfigureAwait(false);
        var (token, refusal) = await TokenClient.RequestAsync(this, secret, log, ct).ConfigureAwait(false);
        if (token is null && remembered is not null)
        {
            // The secret may have been rotated; if the vault still has the same one, asking again can only lock it.
            secret = await credential.ResolveAsync(ct).ConfigureAwait(false);
            if (!secret.SameAs(remembered))
            {
                (token, refusal) = await TokenClient.RequestAsync(this, secret, log, ct).ConfigureAwait(false);
            }
        }

        _secret = token is null ? null : secret;
        return token ?? throw ApiErrors.CredentialRefused(this, credential.Origin, refusal!);
    }
}
