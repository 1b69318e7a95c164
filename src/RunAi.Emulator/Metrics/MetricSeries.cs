namespace RunAi.Emulator.Metrics;

/// <summary>One series of numbers over time; where it has none there is a gap.</summary>
internal sealed record MetricSeries(string Type, Func<DateTimeOffset, decimal?> At, IReadOnlyDictionary<string, string>? Labels = null);
