namespace RunAi.Content;

/// <summary>Which names that somebody else chose may become files here.</summary>
internal static class FileNames
{
    private static readonly char[] Forbidden = [.. Path.GetInvalidFileNameChars(), '/', '\\'];

    /// <summary>A path below a folder, with <c>/</c> between its parts.</summary>
    public static bool IsSafePath(string path) => path.Split('/').All(IsSafe);

    /// <summary>A single name that this system can have and that is not special in it.</summary>
    public static bool IsSafe(string name) =>
        name.Length > 0 && name is not ("." or "..") && name.IndexOfAny(IsWindows ? Forbidden : ['/', '\0']) < 0
        && !(IsWindows && IsReserved(name));

    private static bool IsWindows => Path.DirectorySeparatorChar == '\\';

    private static bool IsReserved(string name)
    {
        var stem = name.Split('.')[0].TrimEnd(' ').ToUpperInvariant();
        return name[name.Length - 1] is '.' or ' ' || stem is "CON" or "PRN" or "AUX" or "NUL"
            || (stem.Length == 4 && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal)));
    }
}
