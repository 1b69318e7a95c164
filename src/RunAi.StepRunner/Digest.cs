using System.Security.Cryptography;

namespace RunAi.StepRunner;

/// <summary>Digests as the contract writes them.</summary>
internal static class Digest
{
    public static string Of(IncrementalHash hash) => "sha256:" + Convert.ToHexStringLower(hash.GetCurrentHash());
}
