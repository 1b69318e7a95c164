using System.Diagnostics;

namespace RunAi.Secrets;

/// <summary>
/// A resolved secret on its way from a vault to the wire. It shows as <c>***</c> wherever it is printed; only
/// <see cref="Reveal"/> gives the value.
/// </summary>
[DebuggerDisplay("***")]
internal sealed class SecretText
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _value;

    public SecretText(string value) => _value = value;

    /// <summary>The value itself, for the body of a request and nothing else.</summary>
    public string Reveal() => _value;

    /// <summary>Tells whether two secrets are the same, so that a refused one is not sent twice.</summary>
    public bool SameAs(SecretText other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    public override string ToString() => "***";
}
