using System.Text.RegularExpressions;

namespace RunAi.Steps;

/// <summary>The forms of names Kubernetes accepts (RFC 1123 labels and subdomains, qualified names, label values).</summary>
internal static class KubernetesName
{
    /// <summary>The longest name of a label or annotation that the Run:ai API takes, its prefix included.</summary>
    public const int MostLabelNameLength = 63;

    private static readonly Regex DnsLabel = new(@"\A[a-z0-9]([a-z0-9-]*[a-z0-9])?\z", RegexOptions.CultureInvariant);
    private static readonly Regex DnsSubdomain = new(
        @"\A[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\z", RegexOptions.CultureInvariant);
    private static readonly Regex Word = new(@"\A[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?\z", RegexOptions.CultureInvariant);

    /// <summary>True for lower case letters, digits and dashes, at most 63, neither begun nor ended by a dash.</summary>
    public static bool IsDnsLabel(string text) => text.Length <= 63 && DnsLabel.IsMatch(text);

    /// <summary>True for what may follow a label's name: nothing, or a word of at most 63 characters.</summary>
    public static bool IsLabelValue(string text) => text.Length == 0 || (text.Length <= 63 && Word.IsMatch(text));

    /// <summary>True for the name of a label or annotation: a word, with or without a DNS subdomain and a slash before it.</summary>
    public static bool IsQualifiedName(string text)
    {
        var slash = text.IndexOf('/');
        return text.Length <= MostLabelNameLength
            && Word.IsMatch(text.Substring(slash + 1))
            && (slash < 0 || DnsSubdomain.IsMatch(text.Substring(0, slash)));
    }
}
