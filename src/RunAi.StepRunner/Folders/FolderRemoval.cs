namespace RunAi.StepRunner.Folders;

/// <summary>Removes folders, also those that hold read-only ones.</summary>
internal static class FolderRemoval
{
    public static void Remove(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var inner in new DirectoryInfo(folder).EnumerateDirectories("*", SearchOption.TopDirectoryOnly))
        {
            if (inner.LinkTarget is null)
            {
                inner.UnixFileMode |= UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
                Remove(inner.FullName);
            }
        }

        Directory.Delete(folder, recursive: true);
    }
}
