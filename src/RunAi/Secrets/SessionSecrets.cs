using System.Collections.Concurrent;

namespace RunAi.Secrets;

/// <summary>
/// Secrets that a session was given as values: they stay in its memory, and references <c>{{session:NAME}}</c> lead to them. Each has a
/// name of its own, so that a secret in another's place is another secret to every session with a control plane.
/// </summary>
internal sealed class SessionSecrets
{
    private readonly ConcurrentDictionary<string, object> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Keeps a secret.</summary>
    /// <param name="what">What it is of, as part of its name: letters, digits, dashes.</param>
    /// <param name="value">
    /// A <see cref="System.Security.SecureString"/>, a <see cref="System.Net.NetworkCredential"/>, or a script block that
    /// <see cref="ISecretVault"/> runs.
    /// </param>
    /// <returns>The reference to it.</returns>
    public string Keep(string what, object value)
    {
        var name = $"{what}-{Guid.NewGuid().ToString("N").Remove(12)}";
        _values[name] = value;
        return $"{{{{session:{name}}}}}";
    }

    /// <summary>The secret of a name; null when this session has none.</summary>
    public object? Find(string name) => _values.TryGetValue(name, out var value) ? value : null;
}
