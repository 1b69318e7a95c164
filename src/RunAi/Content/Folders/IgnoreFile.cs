namespace RunAi.Content;

/// <summary>Reads ignore files: lines of UTF-8 text, ended as on Unix or on Windows.</summary>
internal static class IgnoreFile
{
    /// <summary>The lines of a file, numbered from 1.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">Its path below the source folder.</param>
    public static IEnumerable<IgnoreLine> Lines(string file, string name) => File.ReadAllText(file).Split('\n')
        .Select((line, index) => new IgnoreLine(name, index + 1, line.LastOrDefault() == '\r' ? line.Substring(0, line.Length - 1) : line));
}
