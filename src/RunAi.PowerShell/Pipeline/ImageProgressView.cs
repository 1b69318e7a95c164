using System.Management.Automation;
using RunAi.Images;

namespace RunAi.PowerShell.Pipeline;

/// <summary>Shows the building of an image as a progress bar.</summary>
internal sealed class ImageProgressView
{
    private static int _lastId = 2000;

    private readonly int _id = Interlocked.Increment(ref _lastId);
    private readonly ProgressWriter _writer;

    public ImageProgressView(ProgressWriter writer)
    {
        _writer = writer;
    }

    public void Show(ImageProgress progress) =>
        Write(new ProgressRecord(_id, "Building the image", $"Image: {progress.Activity}") { PercentComplete = progress.Percent });

    public void End() => Write(new ProgressRecord(_id, "Building the image", "done") { RecordType = ProgressRecordType.Completed });

    private void Write(ProgressRecord record) => _writer.Write(record);
}
