using System.Globalization;
using RunAi.Emulator.Api.Listing;

namespace RunAi.Emulator.Metrics;

/// <summary>The moments a request for metrics asks about: start, end, numberOfSamples.</summary>
internal static class SampleTimes
{
    private const int Usual = 20;
    private const int Most = 1000;

    /// <summary>Evenly spaced moments, the end among them; what has not come yet is left out.</summary>
    /// <exception cref="QueryException">A parameter breaks the document's rules.</exception>
    public static List<DateTimeOffset> Of(IQueryCollection query, DateTimeOffset now)
    {
        var (start, end) = (Time(query, "start"), Time(query, "end"));
        if (end <= start)
        {
            throw new QueryException("end: must be after start.");
        }

        var count = Count(query["numberOfSamples"].ToString());
        return [.. Enumerable.Range(1, count).Select(i => start + ((end - start) / count * i)).Where(at => at <= now)];
    }

    private static DateTimeOffset Time(IQueryCollection query, string name) => DateTimeOffset.TryParse(
        query[name].ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        ? time
        : throw new QueryException($"{name}: an ISO 8601 date is required.");

    private static int Count(string text) => text.Length == 0
        ? Usual
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= Most
            ? count
            : throw new QueryException($"numberOfSamples: '{text}' is not a whole number from 0 to {Most}.");
}
