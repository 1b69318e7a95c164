using System.Text;

namespace RunAi.Files;

/// <summary>A small text file that is always wholly the old or wholly the new one, whatever happens while it is written.</summary>
internal static class AtomicFile
{
    private const int MostReplacements = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
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
    public static async Task WriteAsync(string file, string text, TimeProvider time, CancellationToken cancellationToken)
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

            for (var rest = MostReplacements; !TryReplace(temporary, file, last: rest == 1); rest--)
            {
                await time.DelayAsync(Pause, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>False when somebody is reading the old file just now, which Windows lets nobody replace.</summary>
    private static bool TryReplace(string temporary, string file, bool last)
    {
        try
        {
            FilePlatform.Replace(temporary, file);
            return true;
        }
        catch (Exception busy) when (!last && FilePlatform.ReadersBlock && busy is (IOException or UnauthorizedAccessException))
        {
            return false;
        }
    }
}
