using System.Text;

namespace RunAi.Configuration;

/// <summary>A small text file that is always wholly the old or wholly the new one, whatever happens while it is written.</summary>
internal static class AtomicText
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The file's text; empty when there is no file.</summary>
    public static string Read(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Utf8, detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd();
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return "";
        }
    }

    /// <summary>
    /// Writes the text to the disk beside the file, then takes its place. The caller holds a lock, which makes the
    /// temporary name ours; what a crash left under it is overwritten.
    /// </summary>
    public static void Write(string file, string text)
    {
        var temporary = file + ".tmp";
        File.Delete(temporary);
        try
        {
            using (var stream = FilePlatform.OpenPrivate(temporary, FileMode.CreateNew))
            {
                var bytes = Utf8.GetBytes(text);
                stream.Write(bytes, 0, bytes.Length);
                stream.Flush(flushToDisk: true);
            }

            FilePlatform.Replace(temporary, file);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
