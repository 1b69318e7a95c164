namespace RunAi.Files;

/// <summary>What killed work left behind under names of its own: nobody has written to it for a day.</summary>
internal static class AbandonedFiles
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>Deletes such files and folders. What cannot be read or deleted stays.</summary>
    /// <param name="folder">Where they lie.</param>
    /// <param name="pattern">What their names match, with <c>*</c>.</param>
    /// <param name="isOne">Whether a name that matches is one of these.</param>
    /// <param name="now">The time.</param>
    public static void Delete(string folder, string pattern, Func<string, bool> isOne, DateTimeOffset now)
    {
        foreach (var entry in new DirectoryInfo(folder).GetFileSystemInfos(pattern).Where(entry => isOne(entry.Name)))
        {
            try
            {
                if (LastWrite(entry) < (now - Kept).UtcDateTime)
                {
                    Delete(entry);
                }
            }
            catch (Exception barred) when (barred is IOException or UnauthorizedAccessException)
            {
                // It is another user's, or still in use after all.
                continue;
            }
        }
    }

    private static DateTime LastWrite(FileSystemInfo entry) => entry is DirectoryInfo folder && !LinkPlatform.IsLink(folder)
        ? folder.EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Select(below => below.LastWriteTimeUtc)
            .Append(entry.LastWriteTimeUtc).Max()
        : entry.LastWriteTimeUtc;

    private static void Delete(FileSystemInfo entry)
    {
        if (entry is DirectoryInfo folder && !LinkPlatform.IsLink(folder))
        {
            folder.Delete(recursive: true);
        }
        else
        {
            entry.Delete();
        }
    }
}
