using System.Management.Automation;
using RunAi.Artifacts;

namespace RunAi.PowerShell.Pipeline;

/// <summary>Shows the way of an artifact as a progress bar. Not every part that arrives moves it.</summary>
internal sealed class ArtifactProgressView
{
    private const long Step = 4 << 20;
    private static int _lastId = 3000;

    private readonly int _id = Interlocked.Increment(ref _lastId);
    private readonly ProgressWriter _writer;
    private long _shown = -1;

    public ArtifactProgressView(ProgressWriter writer)
    {
        _writer = writer;
    }

    public void Show(ArtifactProgress progress)
    {
        var step = progress.Done / Step;
        if (Interlocked.Exchange(ref _shown, step) != step)
        {
            var what = $"{progress.Activity} {progress.Name}";
            var amount = progress.Total > 0
                ? $"{Mebibytes(progress.Done)} of {Mebibytes(progress.Total)} MiB"
                : $"{Mebibytes(progress.Done)} MiB";

            // PowerShell 7 draws nothing but the status in its usual view.
            Write(new ProgressRecord(_id, what, $"{what}: {amount}") { PercentComplete = progress.Percent });
        }
    }

    public void End() => Write(new ProgressRecord(_id, "Artifact", "done") { RecordType = ProgressRecordType.Completed });

    private static long Mebibytes(long bytes) => bytes >> 20;

    private void Write(ProgressRecord record) => _writer.Write(record);
}
