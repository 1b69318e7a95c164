namespace RunAi.EndToEnd.Tests.Reports;

/// <summary>What a browser sees of a page.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Text">The text that is shown.</param>
/// <param name="Foreign">Elements that run or fetch something.</param>
/// <param name="Handlers">Elements with an event handler.</param>
/// <param name="Width">How wide it is laid out.</param>
/// <param name="Background">Its background, as <c>rgb(r, g, b)</c>.</param>
/// <param name="Curves">Curves that are drawn.</param>
/// <param name="Bars">Phases in time lines that have a width.</param>
/// <param name="Loaded">What it fetched beside itself.</param>
internal sealed record PageFacts(
    string Title, string Text, int Foreign, int Handlers, int Width, string Background, int Curves, int Bars, int Loaded);
