using System.Collections;
using System.Globalization;

namespace RunAi.Steps;

/// <summary>The rules one setting's value keeps to on its own. Each gives a sentence for everything that is wrong with it.</summary>
internal static class SettingRules
{
    private const int MostSuggestedDevices = 1024;
    private const double MostGpuHours = 1_000_000;

    /// <summary>4 MiB: below it container runtimes refuse to start a process (runc's and Docker's least is 4 to 6 MB).</summary>
    private const decimal LeastMemory = 4 << 20;

    public static IEnumerable<string> Any(object value) => [];

    public static Func<object, IEnumerable<string>> AtLeast(long least) => value =>
        Convert.ToInt64(value, CultureInfo.InvariantCulture) < least ? [$"{value} is below {least}."] : [];

    public static IEnumerable<string> Cores(object value) => (double)value switch
    {
        var cores when NotFinite(cores) =>
            [FormattableString.Invariant($"{cores} is not a number of cores. Write a number above 0, such as 0.5 or 2.")],
        <= 0 => [FormattableString.Invariant($"{value} is not above 0. Write a number of cores, such as 0.5 or 2.")],
        _ => [],
    };

    public static IEnumerable<string> Portion(object value) => (double)value switch
    {
        <= 0 => [FormattableString.Invariant($"{value} is not above 0. Ask for GpuDevicesRequest 0 when the step needs no GPU.")],
        var portion when portion > 1 && !NotFinite(portion) =>
            [FormattableString.Invariant($"{portion} is above 1. Ask for GpuDevicesRequest {Devices(portion)} to get more than one GPU.")],
        _ => PortionLimit(value),
    };

    public static IEnumerable<string> PortionLimit(object value) => (double)value is > 0 and <= 1
        ? []
        : [FormattableString.Invariant($"{value} is not the share of a GPU. Write a number above 0 and at most 1, such as 0.5.")];

    public static IEnumerable<string> Memory(object value)
    {
        var text = (string)value;
        if (!Quantity.TryParse(text, out Quantity? quantity, out var flaw))
        {
            return [flaw];
        }

        if (!quantity.IsPositive)
        {
            return [$"{text} is not above 0. Write an amount of memory, such as 4G or 512Mi."];
        }

        if (!quantity.IsWhole || text[^1] is 'n' or 'u' or 'm')
        {
            var number = text.TrimEnd('n', 'u', 'm');
            return [$"'{text}' is a fraction of bytes: n, u and m are thousandths in Kubernetes. Write {number}M for megabytes or "
                + $"{number}Mi for mebibytes."];
        }

        return quantity.Value < LeastMemory
            ? [$"{text} is {quantity.Value.ToString("0", CultureInfo.InvariantCulture)} bytes, and no process starts in less than 4Mi. "
                + "Write it with its unit, such as 512Mi or 4Gi."]
            : [];
    }

    public static IEnumerable<string> NotEmpty(object value) =>
        string.IsNullOrWhiteSpace((string)value) ? ["is empty. Give it a value, or leave it out."] : WireText.Flaws((string)value);

    public static IEnumerable<string> AbsolutePath(object value) => (string)value is ['/', ..]
        ? WireText.Flaws((string)value)
        : [$"'{value}' is not an absolute path in the container. Write it with a slash in front, such as /workspace."];

    public static IEnumerable<string> Uuid(object value) => Guid.TryParseExact((string)value, "D", out _)
        ? []
        : [$"'{value}' is not the UUID of a template, such as 550e8400-e29b-41d4-a716-446655440000."];

    public static IEnumerable<string> LongerThanZero(object value) =>
        (TimeSpan)value > TimeSpan.Zero ? [] : [$"{value} is not above 0. Leave it out to wait without a limit."];

    public static IEnumerable<string> GpuHours(object value) => (double)value is > 0 and <= MostGpuHours
        ? []
        : [FormattableString.Invariant($"{value} is not a number of GPU hours above 0 and at most {MostGpuHours}.")];

    public static IEnumerable<string> Distinct(object value)
    {
        var names = (string[])value;
        if (names.Length == 0 || names.Any(string.IsNullOrWhiteSpace))
        {
            yield return "holds an empty name. Name at least one, or leave it out.";
        }

        foreach (var name in names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key))
        {
            yield return $"'{name}' is named more than once.";
        }
    }

    public static IEnumerable<string> Labels(object value)
    {
        foreach (DictionaryEntry label in (IDictionary)value)
        {
            if (NameFlaw((string)label.Key) is { } flaw)
            {
                yield return flaw;
            }
            else if (((string)label.Key).StartsWith(RunLabels.Prefix, StringComparison.Ordinal))
            {
                yield return $"'{label.Key}' begins with {RunLabels.Prefix}, which is kept for the run's own labels.";
            }

            if (!KubernetesName.IsLabelValue((string)label.Value!))
            {
                yield return $"the value of '{label.Key}' is no label value: at most 63 letters, digits, '-', '_' and '.', "
                    + "with a letter or digit at both ends. Longer or freer text goes into Annotation.";
            }
        }
    }

    public static IEnumerable<string> Annotations(object value)
    {
        foreach (DictionaryEntry annotation in (IDictionary)value)
        {
            if (NameFlaw((string)annotation.Key) is { } flaw)
            {
                yield return flaw;
            }

            foreach (var wrong in WireText.Flaws((string)annotation.Value!))
            {
                yield return $"the value of '{annotation.Key}' {wrong}";
            }
        }
    }

    private static string? NameFlaw(string name) => KubernetesName.IsQualifiedName(name)
        ? null
        : $"'{name}' is no name of a label or annotation: at most {KubernetesName.MostLabelNameLength} characters, letters, digits, "
            + "'-', '_' and '.', with a letter or digit at both ends, and a DNS name with a slash before it at will.";

    private static bool NotFinite(double value) => double.IsNaN(value) || double.IsInfinity(value);

    private static string Devices(double portion) => portion <= MostSuggestedDevices
        ? FormattableString.Invariant($"{Math.Ceiling(portion)}")
        : "";
}
