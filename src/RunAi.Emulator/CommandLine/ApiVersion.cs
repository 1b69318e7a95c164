using System.Globalization;

namespace RunAi.Emulator.CommandLine;

/// <summary>The version of Run:ai that is played, 2.20 to 3.0.</summary>
/// <param name="Major">Before the dot.</param>
/// <param name="Minor">After it.</param>
internal sealed record ApiVersion(int Major, int Minor) : IComparable<ApiVersion>
{
    /// <summary>The one that the OpenAPI document is of.</summary>
    public static readonly ApiVersion OfTheDocument = new(2, 24);

    /// <summary>Creation and deletion answer 202 from here on.</summary>
    public static readonly ApiVersion Accepting = new(2, 21);

    /// <summary>The OAuth 2 token endpoint is there from here on.</summary>
    public static readonly ApiVersion StandardToken = new(2, 24);

    /// <summary>Lists have <c>endpoints</c>, and Stopping is called Suspending, from here on.</summary>
    public static readonly ApiVersion Endpoints = new(2, 25);

    /// <summary>The rules of a policy may say that a field is <c>blocked</c>, from here on.</summary>
    public static readonly ApiVersion BlockedFields = new(2, 25);

    private static readonly ApiVersion First = new(2, 20);
    private static readonly ApiVersion Last = new(3, 0);

    public static bool operator >=(ApiVersion left, ApiVersion right) => left.CompareTo(right) >= 0;

    public static bool operator <=(ApiVersion left, ApiVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >(ApiVersion left, ApiVersion right) => left.CompareTo(right) > 0;

    public static bool operator <(ApiVersion left, ApiVersion right) => left.CompareTo(right) < 0;

    /// <summary>Reads a version; null for one that is not played.</summary>
    public static ApiVersion? Parse(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            && new ApiVersion(major, minor) is var version && version >= First && version <= Last && (major == 3 || minor <= 26)
            ? version
            : null;
    }

    public int CompareTo(ApiVersion? other) => (Major, Minor).CompareTo((other?.Major ?? 0, other?.Minor ?? 0));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");
}
