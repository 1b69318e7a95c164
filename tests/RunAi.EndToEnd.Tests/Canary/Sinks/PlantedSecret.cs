using System.Text;

namespace RunAi.EndToEnd.Tests.Canary.Sinks;

/// <summary>A secret that must be seen nowhere, and the forms it may be seen in.</summary>
/// <param name="Name">What it is, for messages.</param>
/// <param name="Value">The secret.</param>
internal sealed record PlantedSecret(string Name, string Value)
{
    /// <summary>As it is, as JSON, URLs and XML write it, and in the usual codings of bytes.</summary>
    public IReadOnlyList<string> Forms { get; } = [.. new[]
        {
            Value,
            Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal),
            Uri.EscapeDataString(Value),
            Value.Replace("&", "&amp;", StringComparison.Ordinal),
            Value.Replace("&", "\\u0026", StringComparison.Ordinal),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(Value)),
            Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Value)),
            Convert.ToHexStringLower(Encoding.Unicode.GetBytes(Value)),
        }.Distinct(StringComparer.Ordinal)];
}
