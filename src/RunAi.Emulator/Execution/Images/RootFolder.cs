namespace RunAi.Emulator.Execution.Images;

/// <summary>
/// A folder that stands for the root of a container's file system. Paths are followed as they would be inside the container, symbolic
/// links included, so that none leads out of the folder.
/// </summary>
internal sealed class RootFolder(string path)
{
    private const int MostLinks = 40;

    public string FullPath { get; } = Path.GetFullPath(path);

    /// <summary>Where a path of the container lies on this machine; what is missing on the way is simply appended.</summary>
    /// <param name="containerPath">The path as a process in the container would name it.</param>
    /// <param name="followLast">Whether a link in the last place is followed too.</param>
    /// <exception cref="ImageException">Too many symbolic links, or a name that is none.</exception>
    public string Resolve(string containerPath, bool followLast = true)
    {
        var rest = new Stack<string>(Parts(containerPath).Reverse());
        var walked = new List<string>();
        var links = 0;
        while (rest.TryPop(out var part))
        {
            if (part == "..")
            {
                walked.RemoveRange(Math.Max(0, walked.Count - 1), Math.Min(1, walked.Count));
                continue;
            }

            walked.Add(part);
            var here = Join(walked);
            if ((rest.Count > 0 || followLast) && new FileInfo(here).LinkTarget is { } target)
            {
                if (++links > MostLinks)
                {
                    throw new ImageException($"'{containerPath}' leads through too many symbolic links");
                }

                walked.RemoveAt(walked.Count - 1);
                if (target.StartsWith('/'))
                {
                    walked.Clear();
                }

                foreach (var further in Parts(target).Reverse())
                {
                    rest.Push(further);
                }
            }
        }

        return Join(walked);
    }

    private string Join(List<string> parts) => Path.Combine([FullPath, .. parts]);

    private static IEnumerable<string> Parts(string containerPath)
    {
        // On Windows a backslash or a colon inside a name would be more than a name.
        if (containerPath.Contains('\0', StringComparison.Ordinal)
            || (OperatingSystem.IsWindows() && containerPath.AsSpan().IndexOfAny('\\', ':') >= 0))
        {
            throw new ImageException($"'{containerPath}' cannot be a path on this machine");
        }

        return containerPath.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".");
    }
}
