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

    /// <summary>How many layers of escapes are undone: a URL in JSON in a form has three.</summary>
    private const int Layers = 3;

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

    /// <summary>
    /// The text with every known secret, in any form and spelling it travels in, and every signature of an address replaced.
    /// </summary>
    public static string Hide(string text)
    {
        List<(int Start, int End)> found = [];
        if (!Forms.IsEmpty)
        {
            Find(Spelling.Of(text), Layers, found);
        }

        text = found.Count == 0 ? text : Without(text, found);
        return text.IndexOf('=') < 0 ? text : Signature.Replace(text, Hidden);
    }

    private static void Find(Spelling spelling, int layers, List<(int Start, int End)> found)
    {
        foreach (var form in Forms.Values.SelectMany(static forms => forms))
        {
            spelling.Find(form, found);
        }

        if (layers > 0)
        {
            foreach (var unescaped in spelling.Unescaped())
            {
                Find(unescaped, layers - 1, found);
            }
        }
    }

    private static string Without(string text, IEnumerable<(int Start, int End)> found)
    {
        var clean = new StringBuilder(text.Length);
        var end = 0;
        foreach (var (start, stop) in found.OrderBy(static span => span.Start))
        {
            if (start >= end)
            {
                clean.Append(text, end, start - end).Append(Hidden);
            }

            end = Math.Max(end, stop);
        }

        return clean.Append(text, end, text.Length - end).ToString();
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

    /// <summary>
    /// As it is, and in base64, alone or after other bytes, as Basic authorization and serialised objects have it: of each of the three
    /// ways in which it can stand there the characters that are its own.
    /// </summary>
    private static string[] FormsOf(string secret)
    {
        List<string> forms = [secret];
        var bytes = Encoding.UTF8.GetBytes(secret);
        forms.Add(Convert.ToBase64String(bytes));
        for (var before = 0; before < 3; before++)
        {
            var text = Convert.ToBase64String([.. new byte[before], .. bytes]);
            var first = ((before * 8) + 5) / 6;
            var own = text.Substring(first, ((before + bytes.Length) * 8 / 6) - first);
            forms.Add(own);
            forms.Add(own.Replace('+', '-').Replace('/', '_'));
        }

        return [.. forms.Select(Spelling.Needle).Distinct(StringComparer.Ordinal)];
    }
}
