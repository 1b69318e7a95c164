using System.Management.Automation;
using RunAi.Images;

namespace RunAi.PowerShell.Pipeline;

/// <summary>Shows the building of an image as a progress bar.</summary>
internal sealed class ImageProgressView
{
    private static int _lastId = 2000;

    private readonly int _id = Interlocked.Increment(ref _lastId);
    private readonly PipelinePump _pump;
    private readonly Cmdlet _command;

    public ImageProgressView(PipelinePump pump, Cmdlet command)
    {
        _pump = pump;
        _command = command;
    }

    public void Show(ImageProgress progress) =>
        Write(new ProgressRecord(_id, "Building the image", $"Image: {progress.Activity}") { PercentComplete = progress.Percent });

    public void End() => Write(new ProgressRecord(_id, "Building the image", "done") { RecordType = ProgressRecordType.Completed });

    private void Write(ProgressRecord record) => _pump.Post(() => _command.WriteProgress(record));
}
