using System.Management.Automation.Host;

namespace RunAi.PowerShell.Tests.Engine;

/// <summary>A screen of a certain width that shows nothing.</summary>
internal sealed class SizedRawUi(int width) : PSHostRawUserInterface
{
    public override ConsoleColor BackgroundColor { get; set; }

    public override Size BufferSize { get; set; } = new(width, 1000);

    public override Coordinates CursorPosition { get; set; }

    public override int CursorSize { get; set; }

    public override ConsoleColor ForegroundColor { get; set; }

    public override bool KeyAvailable => false;

    public override Size MaxPhysicalWindowSize => BufferSize;

    public override Size MaxWindowSize => BufferSize;

    public override Coordinates WindowPosition { get; set; }

    public override Size WindowSize { get; set; } = new(width, 50);

    public override string WindowTitle { get; set; } = "";

    public override void FlushInputBuffer() => CursorPosition = default;

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException("Nothing is shown.");

    public override KeyInfo ReadKey(ReadKeyOptions options) => throw new NotSupportedException("Nobody is there to answer.");

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) =>
        throw new NotSupportedException("Nothing is shown.");

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw new NotSupportedException("Nothing is shown.");

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) =>
        throw new NotSupportedException("Nothing is shown.");
}
