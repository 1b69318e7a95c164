using RunAi.Redaction;
using RunAi.Wording;

namespace RunAi;

/// <summary>One record that a diagnosis rests on. Its text comes from the cluster and is cleaned, not trusted.</summary>
public sealed class DiagnosisEvidence
{
    /// <summary>Creates a piece of evidence.</summary>
    /// <param name="source">Which record it was read from.</param>
    /// <param name="time">When that was, by the server's clock, where it is told.</param>
    /// <param name="reason">The record's reason in one word; empty where it has none.</param>
    /// <param name="text">What the record says.</param>
    public DiagnosisEvidence(EvidenceSource source, DateTimeOffset? time, string? reason, string? text)
    {
        Source = source;
        Time = time;
        Reason = CleanText.Of(reason, 80);
        Text = CleanText.Of(text);
    }

    /// <summary>Which record it was read from.</summary>
    public EvidenceSource Source { get; }

    /// <summary>When that was, by the server's clock, where it is told.</summary>
    public DateTimeOffset? Time { get; }

    /// <summary>The record's reason in one word; empty where it has none.</summary>
    public string Reason { get; }

    /// <summary>What the record says.</summary>
    public string Text { get; }

    /// <summary>The evidence on one line.</summary>
    /// <returns>The source, time of day, reason and text.</returns>
    public override string ToString() =>
        Source + (Time is null ? "" : " " + Moments.TimeOfDay(Time)) + ": "
        + string.Join(": ", new[] { Reason, Text }.Where(part => part.Length > 0));
}
