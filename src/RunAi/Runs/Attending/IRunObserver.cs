using RunAi.Artifacts;
using RunAi.Images;
using RunAi.Watching;

namespace RunAi.Runs.Attending;

/// <summary>Is told how work on runs goes on, for whoever shows it. It is called from any thread and must not block.</summary>
internal interface IRunObserver
{
    /// <summary>The image of a step is being built or stored.</summary>
    void OnImageProgress(ImageProgress progress);

    /// <summary>An input of a step is being read or stored.</summary>
    void OnInputProgress(ArtifactProgress progress);

    /// <summary>The image of a step is in its registry.</summary>
    void OnImageStored(StepImage image);

    /// <summary>A run has a workload, just submitted or there already.</summary>
    void OnSubmitted(StepRun run);

    /// <summary>A workload that is no run came to its end.</summary>
    void OnEnded(Workload workload);

    /// <summary>A run, or an attempt of it that another follows, came to its end.</summary>
    void OnRunEnded(RunFigures figures);

    /// <summary>No image is built and no input stored any more, whether one was or not.</summary>
    void OnImageReady();

    /// <summary>What is still waited for, after each poll; nothing when the wait is over.</summary>
    void OnWaiting(WatchStatus status);

    /// <summary>A line of a log, as the workload printed it: it is not fit to be shown before it is cleaned.</summary>
    void OnLogLine(LogLine line);

    /// <summary>
    /// The last state of a line that a program writes anew again and again, such as a progress bar. The line itself comes when it ends.
    /// </summary>
    void OnLogState(LogLine line);
}
