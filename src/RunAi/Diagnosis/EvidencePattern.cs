using System.Text.RegularExpressions;

namespace RunAi.Diagnosis;

/// <summary>What gives a cause away: reasons of events and conditions, which are exact words, and phrases in messages.</summary>
internal sealed class EvidencePattern
{
    private readonly HashSet<string> _reasons;
    private readonly Regex? _phrases;

    /// <param name="reasons">Reasons, compared as a whole.</param>
    /// <param name="phrases">A regular expression over messages; null for none.</param>
    public EvidencePattern(string[] reasons, string? phrases = null)
    {
        _reasons = new HashSet<string>(reasons, StringComparer.OrdinalIgnoreCase);
        _phrases = phrases is null
            ? null
            : new Regex(phrases, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    public bool AreIn(DiagnosisEvidence record) => _reasons.Contains(record.Reason) || AreIn(record.Text);

    public bool AreIn(string text) => _phrases is not null && _phrases.IsMatch(text);
}
