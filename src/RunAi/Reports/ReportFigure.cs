namespace RunAi.Reports;

/// <summary>One figure of a run.</summary>
/// <param name="Label">What it is called.</param>
/// <param name="Text">Its text for a run; a dash where it is not known.</param>
internal sealed record ReportFigure(string Label, Func<RunReport, string> Text);
