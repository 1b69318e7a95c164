namespace RunAi;

/// <summary>How a report of runs is written.</summary>
public enum ReportFormat
{
    /// <summary>One page that needs nothing from elsewhere.</summary>
    Html,

    /// <summary>Markdown with tables.</summary>
    Markdown,

    /// <summary>One object.</summary>
    Json,
}
