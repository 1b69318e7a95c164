namespace RunAi.Reports;

/// <summary>How a report of runs is written.</summary>
internal enum ReportFormat
{
    /// <summary>One page that needs nothing from elsewhere.</summary>
    Html,

    /// <summary>Markdown with tables.</summary>
    Markdown,

    /// <summary>One object.</summary>
    Json,
}
