using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace RunAi.Content;

/// <summary>Content digests, <c>sha256:</c> and 64 lower-case hexadecimal digits (OCI image specification, descriptors).</summary>
internal static class Digest
{
    private const string Prefix = "sha256:";
    private static readonly Regex Form = new(@"\Asha256:[0-9a-f]{64}\z", RegexOptions.CultureInvariant);

    public static bool IsSha256(string? text) => text is not null && Form.IsMatch(text);

    public static string Of(byte[] bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(bytes);
        return Of(hash);
    }

    /// <summary>The digest of what the hash was fed, which starts anew after it.</summary>
    public static string Of(IncrementalHash hash) =>
        Prefix + string.Concat(hash.GetHashAndReset().Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>The digest's hexadecimal digits: a blob's file name in an OCI layout.</summary>
    public static string Hex(string digest) => digest.Substring(Prefix.Length);
}
