using System.Collections.Concurrent;
using RunAi.Artifacts;
using RunAi.Images;
using RunAi.Runs;
using RunAi.Runs.Attending;
using RunAi.Watching;

namespace RunAi.Tests.Runs.Attending;

/// <summary>Keeps what it is told of work on runs.</summary>
internal sealed class RecordingObserver : IRunObserver
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ConcurrentQueue<WatchStatus> Waits { get; } = new();

    public ConcurrentQueue<string> States { get; } = new();

    public ConcurrentQueue<StepRun> Submitted { get; } = new();

    public ConcurrentQueue<object> Ended { get; } = new();

    public int ImagesReady { get; private set; }

    public void OnImageStored(StepImage image)
    {
    }

    public void OnSubmitted(StepRun run) => Submitted.Enqueue(run);

    public void OnEnded(Workload workload) => Ended.Enqueue(workload);

    public void OnRunEnded(RunFigures figures) => Ended.Enqueue(figures.Run);

    public void OnLogState(LogLine line) => States.Enqueue(line.Text);

    public void OnImageProgress(ImageProgress progress)
    {
    }

    public void OnInputProgress(ArtifactProgress progress)
    {
    }

    public void OnImageReady() => ImagesReady++;

    public void OnWaiting(WatchStatus status) => Waits.Enqueue(status);

    public void OnLogLine(LogLine line) => Lines.Enqueue(line.Text);
}
