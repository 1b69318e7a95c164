namespace RunAi.Artifacts;

/// <summary>Keys of objects: parts with <c>/</c> between them, each of which is also a plain file name.</summary>
internal static class StoreKey
{
    /// <summary>Refuses a key that is none, or would lead out of the store.</summary>
    public static string Check(string key) => IsSafe(key)
        ? key
        : throw new ArtifactException(
            ErrorIds.ArtifactFailed, $"'{key}' is no name in an artifact store. Its parts are plain names with '/' between them.")
        {
            Target = key,
        };

    public static bool IsSafe(string key) => key.Length is > 0 and <= 900 && key.Split('/').All(IsSafePart);

    /// <summary>Whether a text can be one part of a key and the name of a file on every system.</summary>
    public static bool IsSafePart(string part) =>
        part.Length is > 0 and <= 255 && part is not ("." or "..") && part.All(c => c >= ' ' && c != 0x7f && "/\\:*?\"<>|".IndexOf(c) < 0)
        && part[part.Length - 1] is not ('.' or ' ');
}
