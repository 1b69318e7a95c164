using System.Text;

namespace RunAi.Emulator.Execution;

/// <summary>The end of a log file that may still be written to.</summary>
internal static class LogTail
{
    private const int MostBytes = 1 << 20;

    /// <summary>The last lines, from at most the last MiB.</summary>
    public static string Read(string path, int lines)
    {
        if (!File.Exists(path))
        {
            return "";
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(-Math.Min(file.Length, MostBytes), SeekOrigin.End);
        using var reader = new StreamReader(file, Encoding.UTF8);
        var all = reader.ReadToEnd().Split('\n');
        // A final newline ends the last line, it does not begin another.
        var count = all[^1].Length == 0 ? all.Length - 1 : all.Length;
        var last = all.Take(count).Skip(Math.Max(0, count - lines)).ToList();
        return last is [] ? "" : string.Join('\n', last) + "\n";
    }
}
