using System.Security;
using RunAi.Redaction;

namespace RunAi.Files;

/// <summary>
/// Full paths of what a user wrote. Systems refuse different characters: .NET Framework <c>&lt; &gt; | "</c> and a second colon, all of
/// them NUL.
/// </summary>
internal static class FullPath
{
    /// <summary>The full path.</summary>
    /// <param name="path">A path, also a relative one.</param>
    /// <param name="errorId">The id of the failure, one of <see cref="ErrorIds"/>.</param>
    /// <exception cref="RunAiException">It has a character that no path of this system has, or is too long.</exception>
    public static string Of(string path, string errorId) => Of("", path, errorId);

    /// <summary>The full path of one that starts from a folder unless it is full already.</summary>
    /// <param name="folder">The folder; empty for the process's own.</param>
    /// <param name="path">A path, also a relative one.</param>
    /// <param name="errorId">The id of the failure, one of <see cref="ErrorIds"/>.</param>
    /// <exception cref="RunAiException">It has a character that no path of this system has, or is too long.</exception>
    public static string Of(string folder, string path, string errorId)
    {
        try
        {
            return Path.GetFullPath(Path.Combine(folder, path));
        }
        catch (Exception cause) when (cause is ArgumentException or NotSupportedException or PathTooLongException or SecurityException)
        {
            throw new RunAiException(
                errorId,
                $"'{CleanText.Of(path, 200)}' is no path of this system: {cause.Message} Give the path of a file or folder, without "
                + "characters that no name may have.",
                cause)
            {
                Target = path,
            };
        }
    }
}
