namespace RunAi.Content;

/// <summary>A line of an ignore file, as a message names it.</summary>
/// <param name="File">The file's path below the source folder.</param>
/// <param name="Number">The line's number, 1 for the first.</param>
/// <param name="Text">What it says.</param>
internal sealed record IgnoreLine(string File, int Number, string Text)
{
    public override string ToString() => $"{File} line {Number}: {Text}";
}
