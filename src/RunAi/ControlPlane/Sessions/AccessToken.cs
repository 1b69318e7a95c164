using System.Diagnostics;
using RunAi.Redaction;

namespace RunAi.ControlPlane;

/// <summary>A bearer token and its times. It shows as <c>***</c>.</summary>
[DebuggerDisplay("***")]
internal sealed class AccessToken
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _value;

    public AccessToken(string value, DateTimeOffset issuedAt, TimeSpan lifetime)
    {
        KnownSecrets.Remember(value);
        _value = value;
        ExpiresAt = issuedAt + lifetime;
        var early = TimeSpan.FromSeconds(Math.Min(60, lifetime.TotalSeconds / 5));
        RefreshAt = ExpiresAt - early;
    }

    /// <summary>When the control plane stops to accept it, by our clock.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>When to get the next one: a minute, or for short-lived ones a fifth of the life, before the end.</summary>
    public DateTimeOffset RefreshAt { get; }

    /// <summary>The value itself, for the Authorization header and nothing else.</summary>
    public string Reveal() => _value;

    public override string ToString() => "***";
}
