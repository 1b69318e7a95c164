using System.Text.RegularExpressions;

namespace RunAi.Redaction;

/// <summary>
/// Tells texts that look like secrets by the name they have or by their form, to keep them off a screen. What looks like none may be one
/// all the same.
/// </summary>
internal static class SecretHeuristic
{
    /// <summary>Words of names, apart from others: <c>HF_TOKEN</c> and <c>dbPassword</c>, but not <c>TOKENIZER</c>.</summary>
    private static readonly Regex Name = new(
        "(?:^|[^a-z])(?:password|passwd|pwd|secret|token|(?:api|access|account|private)_?key|credentials?"
        + "|connection_?string|sas|authorization)(?:$|[^a-z])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>
    /// The beginnings that services give their tokens, JSON web tokens, keys in PEM, signed addresses, and addresses with a password.
    /// </summary>
    private static readonly Regex Value = new(
        @"^(?:gh[pousr]_|github_pat_|hf_|glpat-|xox[abprs]-|sk-|AKIA[0-9A-Z]{12}|eyJ[A-Za-z0-9_-]+\.)|-----BEGIN [A-Z ]*PRIVATE KEY"
        + @"|AccountKey=|[?&](?:sig|X-Amz-Signature)=|://[^/\s:@]*:[^/\s@]+@",
        RegexOptions.CultureInvariant);

    private static readonly Regex Humps = new("(?<=[a-z0-9])(?=[A-Z])", RegexOptions.CultureInvariant);

    /// <summary>True when a variable looks as if it held a secret.</summary>
    public static bool Is(string name, string value) =>
        value.Length > 0 && (Name.IsMatch(Humps.Replace(name, "_")) || Value.IsMatch(value));
}
