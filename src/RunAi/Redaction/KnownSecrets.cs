using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace RunAi.Redaction;

/// <summary>
/// The secrets this process has used, so that a server or a vault that repeats one cannot make us show it. Text of others passes
/// <see cref="Hide"/> before it becomes part of a message; causes pass <see cref="Harmless"/> before they become part of a failure.
/// They are kept in memory alone, where they are anyway.
/// </summary>
internal static class KnownSecrets
{
    public const string Hidden = "***";

    /// <summary>Shorter ones would take ordinary words out of messages, and are guessed sooner than read.</summary>
    private const int Shortest = 8;

    /// <summary>Tokens come and go; the oldest are forgotten.</summary>
    private const int Most = 1000;

    /// <summary>What a pre-signed address is signed with: whoever has it is let in.</summary>
    private static readonly Regex Signature = new(
        @"(?<=[?&](?:sig|signature|x-amz-signature|x-amz-security-token|access_token|token)=)[^&\s""'<>\\]+",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static readonly ConcurrentDictionary<string, string[]> Forms = new(StringComparer.Ordinal);
    private static readonly ConcurrentQueue<string> Order = new();

    /// <summary>Takes note of a secret that is about to be used.</summary>
    public static void Remember(string secret)
    {
        if (secret.Length < Shortest || !Forms.TryAdd(secret, FormsOf(secret)))
        {
            return;
        }

        Order.Enqueue(secret);
        while (Forms.Count > Most && Order.TryDequeue(out var oldest))
        {
            Forms.TryRemove(oldest, out _);
        }
    }

    /// <summary>The text with every known secret, in any form it travels in, and every signature of an address replaced.</summary>
    public static string Hide(string text)
    {
        foreach (var forms in Forms.Values)
        {
            foreach (var form in forms)
            {
                text = text.Replace(form, Hidden);
            }
        }

        return text.IndexOf('=') < 0 ? text : Signature.Replace(text, Hidden);
    }

    /// <summary>The cause itself when nothing in it is secret; otherwise what it says, without that.</summary>
    public static Exception? Harmless(Exception? cause)
    {
        if (cause is null)
        {
            return null;
        }

        var told = cause.ToString();
        var hidden = Hide(told);
        return hidden == told ? cause : new IOException($"{cause.GetType().Name}: {Hide(cause.Message)}");
    }

    /// <summary>As it is, as JSON, URLs and forms write it, and as Basic authorization does; longest first, since they may hold each other.</summary>
    private static string[] FormsOf(string secret)
    {
        var url = Uri.EscapeDataString(secret);
        return [.. new[]
            {
                secret,
                secret.Replace("\\", "\\\\").Replace("\"", "\\\""),
                url,
                url.Replace("%20", "+"),
                Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)),
            }
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(static form => form.Length)];
    }
}
