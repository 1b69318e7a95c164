using RunAi.Files;

namespace RunAi.Content;

/// <summary>Moves what a folder holds into another, over files of the same names. A link in the way is replaced, never followed.</summary>
internal static class FolderMerge
{
    public static void Move(string source, string target)
    {
        if (!Exists(target))
        {
            Directory.Move(source, target);
            return;
        }

        if (File.Exists(target) && !Directory.Exists(target))
        {
            File.Delete(target);
            Directory.CreateDirectory(target);
        }

        MoveInto(new DirectoryInfo(source), target);
    }

    private static void MoveInto(DirectoryInfo source, string target)
    {
        foreach (var entry in source.GetFileSystemInfos())
        {
            var place = Path.Combine(target, entry.Name);
            if (entry is DirectoryInfo folder && !LinkPlatform.IsLink(entry))
            {
                if (Exists(place) && (LinkPlatform.IsLink(new DirectoryInfo(place)) || !Directory.Exists(place)))
                {
                    Remove(place);
                }

                Directory.CreateDirectory(place);
                MoveInto(folder, place);
            }
            else
            {
                if (Directory.Exists(place) || (LinkPlatform.IsLink(entry) && Exists(place)))
                {
                    Remove(place);
                }

                MoveLeaf(entry, place);
            }
        }
    }

    /// <summary>A link to a folder counts as one.</summary>
    private static void MoveLeaf(FileSystemInfo entry, string place)
    {
        if (entry is DirectoryInfo)
        {
            Directory.Move(entry.FullName, place);
        }
        else
        {
            FilePlatform.Replace(entry.FullName, place);
        }
    }

    private static void Remove(string place)
    {
        if (Directory.Exists(place) && !LinkPlatform.IsLink(new DirectoryInfo(place)))
        {
            throw new IOException($"'{place}' is a folder, where the artifact has a file.");
        }

        if (Directory.Exists(place))
        {
            Directory.Delete(place);
        }
        else
        {
            File.Delete(place);
        }
    }

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path) || LinkPlatform.IsLink(new FileInfo(path));
}
