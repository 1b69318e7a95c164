using System.Globalization;

namespace RunAi.ControlPlane;

/// <summary>Which series to read, of which span of time, and how finely.</summary>
internal sealed record MetricQuery(IReadOnlyCollection<string> Types, DateTimeOffset Start, DateTimeOffset End, int Samples)
{
    /// <summary>The query with its question mark.</summary>
    public string ToQuery() => new QueryText()
        .AddEncoded("metricType", string.Join(",", Types.Select(Uri.EscapeDataString)))
        .Add("start", Text(Start))
        .Add("end", Text(End))
        .Add("numberOfSamples", Samples)
        .ToString();

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
