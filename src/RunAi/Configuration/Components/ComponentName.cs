using System.Text.RegularExpressions;

namespace RunAi.Configuration;

/// <summary>The names components are registered under.</summary>
internal static class ComponentName
{
    private static readonly Regex Form = new(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,62}\z", RegexOptions.CultureInvariant);

    /// <summary>What is wrong with a name, or null.</summary>
    public static string? Fault(string? name) =>
        Form.IsMatch(name ?? "")
            ? null
            : $"The name '{name}' is none. Use at most 63 letters, digits, '.', '_' and '-', a letter or digit first.";
}
