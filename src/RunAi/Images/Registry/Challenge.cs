using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace RunAi.Images;

/// <summary>What a registry wants before it serves: a scheme and its parameters (RFC 7235, distribution token specification).</summary>
internal sealed class Challenge
{
    private static readonly Regex Parameter = new(
        @"(?<name>[A-Za-z0-9_-]+)\s*=\s*(?:""(?<quoted>(?:[^""\\]|\\.)*)""|(?<plain>[^\s,""]*))", RegexOptions.CultureInvariant);

    private readonly Dictionary<string, string> _parameters;

    private Challenge(string scheme, Dictionary<string, string> parameters)
    {
        Scheme = scheme;
        _parameters = parameters;
    }

    public string Scheme { get; }

    public string? Realm => Get("realm");

    public string? Service => Get("service");

    /// <summary>The permissions asked for; one challenge may name several, with blanks between them.</summary>
    public IReadOnlyList<string> Scopes => (Get("scope") ?? "").Split([' '], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The challenge to answer: a token where that is offered, else a password; null when neither is.</summary>
    public static Challenge? Choose(IEnumerable<AuthenticationHeaderValue> offered)
    {
        var all = offered.Select(Read).ToArray();
        return all.FirstOrDefault(c => c.Is("Bearer") && c.Realm is not null) ?? all.FirstOrDefault(c => c.Is("Basic"));
    }

    public bool Is(string scheme) => Scheme.Equals(scheme, StringComparison.OrdinalIgnoreCase);

    private string? Get(string name) => _parameters.TryGetValue(name, out var value) ? value : null;

    private static Challenge Read(AuthenticationHeaderValue header)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (Match match in Parameter.Matches(header.Parameter ?? ""))
        {
            parameters[match.Groups["name"].Value] = match.Groups["quoted"].Success
                ? Regex.Replace(match.Groups["quoted"].Value, @"\\(.)", "$1")
                : match.Groups["plain"].Value;
        }

        return new Challenge(header.Scheme, parameters);
    }
}
