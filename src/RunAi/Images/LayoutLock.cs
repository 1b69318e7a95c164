using RunAi.Files;

namespace RunAi.Images;

/// <summary>Keeps two writers from one layout's index: a file beside it, held open for one handle alone.</summary>
internal static class LayoutLock
{
    private const int MostLooks = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <exception cref="ImageBuildException"><see cref="ErrorIds.ImageBuildFailed"/>: somebody held it for ten seconds.</exception>
    public static async Task<IDisposable> TakeAsync(string file, CancellationToken ct)
    {
        for (var rest = MostLooks; ; rest--)
        {
            try
            {
                return FilePlatform.OpenPrivate(file, FileMode.OpenOrCreate);
            }
            catch (IOException busy) when (busy is not DirectoryNotFoundException)
            {
                if (rest == 1)
                {
                    throw new ImageBuildException(
                        ErrorIds.ImageBuildFailed, $"'{file}' stayed held by another process ({busy.Message}). End it, or try again.", busy)
                    {
                        Target = file,
                    };
                }
            }

            await TimeProvider.System.DelayAsync(Pause, ct).ConfigureAwait(false);
        }
    }
}
