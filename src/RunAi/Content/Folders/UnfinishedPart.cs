using System.Text.RegularExpressions;
using RunAi.Files;

namespace RunAi.Content;

/// <summary>What is being written beside its destination, under a name that is never packed, listed or taken for content.</summary>
internal static class UnfinishedPart
{
    /// <summary>What its name begins with.</summary>
    public const string Prefix = ".runai-part-";

    // Names of 32 digits are those of earlier versions. Short ones leave room below the 260 characters of a path on Windows PowerShell.
    private static readonly Regex Form = new(@"\A\.runai-part-(?:[0-9a-f]{12}|[0-9a-f]{32})\z", RegexOptions.CultureInvariant);

    /// <summary>A new name.</summary>
    public static string NewName() => (Prefix + Guid.NewGuid().ToString("N")).Substring(0, Prefix.Length + 12);

    /// <summary>Whether a file or folder of this name is one.</summary>
    public static bool Is(string name) => Form.IsMatch(name);

    /// <summary>
    /// Deletes what killed work left in a folder: parts that nobody has written to for a day. What cannot be deleted stays.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="now">The time.</param>
    public static void Sweep(string folder, DateTimeOffset now) => AbandonedFiles.Delete(folder, Prefix + "*", Is, now);
}
