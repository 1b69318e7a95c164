using System.Collections;
using RunAi.Steps;
using RunAi.Wording;

namespace RunAi.Runs.Retries;

/// <summary>Reads a retry policy as users write it: <c>@{ Preempted = 3; Infrastructure = 2; Window = '02:00:00' }</c>.</summary>
internal static class RetryPolicyReader
{
    private const int MostRetries = 100;
    private const string Field = "Retry";

    private static readonly RetryCategory[] Categories = [RetryCategory.Preempted, RetryCategory.Infrastructure, RetryCategory.UserCode];
    private static readonly string[] Times = [nameof(RetryPolicy.Window), nameof(RetryPolicy.Backoff), nameof(RetryPolicy.MaxBackoff)];
    private static readonly string[] Known = [.. Categories.Select(category => category.ToString()), .. Times];

    /// <summary>The policy of a step; null for a step that is never tried again.</summary>
    /// <param name="step">The step.</param>
    /// <param name="violations">Gets what is wrong with it.</param>
    public static RetryPolicy? Of(Step step, List<Violation> violations) =>
        step.Retry is { Count: > 0 } table && Read(table, violations) is { } policy && policy.Limits.Values.Any(limit => limit > 0)
            ? policy
            : null;

    /// <summary>What is wrong with a step's policy.</summary>
    public static IEnumerable<Violation> Violations(Step step)
    {
        List<Violation> violations = [];
        Read(step.Retry ?? new Hashtable(), violations);
        return violations;
    }

    /// <summary>The policy a table describes.</summary>
    /// <exception cref="StepSettingsException">Everything that is wrong with the table, one line for each entry.</exception>
    public static RetryPolicy Read(IDictionary table)
    {
        List<Violation> violations = [];
        var policy = Read(table, violations);
        return violations.Count > 0 ? throw new StepSettingsException(ErrorIds.InvalidStep, violations) : policy;
    }

    /// <summary>The policy a table describes, as far as it can be read; what is wrong with it is added to the violations.</summary>
    public static RetryPolicy Read(IDictionary table, List<Violation> violations)
    {
        var before = violations.Count;
        var limits = new Dictionary<RetryCategory, int>();
        var times = new Dictionary<string, TimeSpan>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in table.Entries())
        {
            var key = Convert.ToString(entry.Key, System.Globalization.CultureInfo.InvariantCulture) ?? "";
            var category = Categories.FirstOrDefault(retryCategory => string.Equals(
                retryCategory.ToString(), key, StringComparison.OrdinalIgnoreCase));
            if (category != RetryCategory.Never)
            {
                ReadLimit(category, entry.Value, limits, violations);
            }
            else if (Times.Contains(key, StringComparer.OrdinalIgnoreCase))
            {
                ReadTime(key, entry.Value, times, violations);
            }
            else
            {
                violations.Add(new Violation($"{Field}.{key}", $"is no cause to retry for. {Suggestion.For(key, Known)}"));
            }
        }

        var usual = RetryPolicy.None;
        var backoff = times.TryGetValue(nameof(RetryPolicy.Backoff), out var shortest) ? shortest : usual.Backoff;
        var most = times.TryGetValue(nameof(RetryPolicy.MaxBackoff), out var longest)
            ? longest
            : TimeSpan.FromTicks(Math.Max(usual.MaxBackoff.Ticks, backoff.Ticks));
        if (violations.Count == before && most < backoff)
        {
            violations.Add(new Violation($"{Field}.MaxBackoff", $"{most} is below Backoff, which is {backoff}."));
        }

        return new RetryPolicy
        {
            Limits = limits,
            Backoff = backoff,
            MaxBackoff = most,
            Window = times.TryGetValue(nameof(RetryPolicy.Window), out var window) ? window : null,
        };
    }

    private static void ReadLimit(RetryCategory category, object? value, Dictionary<RetryCategory, int> limits, List<Violation> violations)
    {
        var flaw = "has no value.";
        if (value is not null && SettingValue.Read(StepSettingKind.WholeNumber, value, out flaw) is int count)
        {
            if (count is >= 0 and <= MostRetries)
            {
                limits[category] = count;
                return;
            }

            flaw = $"{count} is not from 0 to {MostRetries}.";
        }

        violations.Add(new Violation($"{Field}.{category}", flaw));
    }

    private static void ReadTime(string key, object? value, Dictionary<string, TimeSpan> times, List<Violation> violations)
    {
        var flaw = "has no value.";
        if (value is not null && SettingValue.Read(StepSettingKind.Time, value, out flaw) is TimeSpan time)
        {
            if (time > TimeSpan.Zero)
            {
                times[key] = time;
                return;
            }

            flaw = $"{time} is not above zero.";
        }

        violations.Add(new Violation($"{Field}.{key}", flaw));
    }
}
