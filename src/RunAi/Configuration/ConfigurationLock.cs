using RunAi.Files;

namespace RunAi.Configuration;

/// <summary>
/// Keeps other processes and threads from changing the configuration: a lock file beside it, held open for this handle
/// alone. The system lets go of it when a process dies; the file stays, since deleting it would let two writers in.
/// </summary>
internal sealed class ConfigurationLock : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly FileStream _held;

    private ConfigurationLock(FileStream held) => _held = held;

    /// <summary>Takes the lock, waiting at most ten seconds for whoever has it.</summary>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.ConfigurationLocked"/>: it was not let go of.</exception>
    public static async Task<ConfigurationLock> TakeAsync(
        string file,
        ConfigurationErrors faults,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var lockFile = file + ".lock";
        var start = time.GetTimestamp();
        while (true)
        {
            var (held, busy) = faults.Guard("written", () => TryOpen(lockFile));
            if (held is not null)
            {
                return new ConfigurationLock(held);
            }

            if (time.GetElapsedTime(start) >= Patience)
            {
                throw Locked(file, lockFile, busy!);
            }

            await time.DelayAsync(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _held.Dispose();

    private static (FileStream? Held, IOException? Busy) TryOpen(string lockFile)
    {
        try
        {
            return (FilePlatform.OpenPrivate(lockFile, FileMode.OpenOrCreate), null);
        }
        catch (IOException busy) when (busy is not (DirectoryNotFoundException or PathTooLongException))
        {
            return (null, busy);
        }
    }

    private static ConfigurationException Locked(string file, string lockFile, IOException cause) =>
        new(
            ErrorIds.ConfigurationLocked,
            $"The configuration {file} was not changed: its lock file {lockFile} was still held after "
            + $"{Patience.TotalSeconds:0} seconds ({cause.Message}). Another RunAi process is changing the configuration: "
            + "end it or try again.",
            cause)
        {
            Target = lockFile,
        };
}
