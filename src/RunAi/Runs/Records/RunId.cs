using System.Security.Cryptography;
using System.Text;

namespace RunAi.Runs;

/// <summary>The id of a run: a ULID, 26 characters of Crockford's base 32.</summary>
internal static class RunId
{
    private const int RandomBytes = 10;
    private const int Length = 26;
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>A new id that sorts after earlier ones; its last 16 characters are random.</summary>
    public static string New(TimeProvider time)
    {
        var random = new byte[RandomBytes];
        using (var source = RandomNumberGenerator.Create())
        {
            source.GetBytes(random);
        }

        return Ulid.NewUlid(time.GetUtcNow(), random).ToString();
    }

    /// <summary>True for a text that has the form of an id, in letters of either case.</summary>
    public static bool Is(string text) =>
        text.Length == Length && text.All(character => Alphabet.Contains(char.ToUpperInvariant(character)));

    /// <summary>
    /// The id that a run key always has in one project of one control plane: the first 128 bits of a SHA-256, in a ULID's form.
    /// </summary>
    /// <param name="runKey">The user's key, for example a build id and a stage attempt.</param>
    /// <param name="runAiBaseUrl">The control plane.</param>
    /// <param name="projectName">The project.</param>
    public static string FromKey(string runKey, string runAiBaseUrl, string projectName)
    {
        // Lengths keep the parts apart: no two triples give the same text.
        var text = string.Concat(new[] { runAiBaseUrl.TrimEnd('/'), projectName, runKey }.Select(part => $"{part.Length}:{part}"));
        using var sha = SHA256.Create();
        var digest = sha.ComputeHash(Encoding.UTF8.GetBytes(text));
        return new Ulid(digest.AsSpan(0, 16)).ToString();
    }
}
