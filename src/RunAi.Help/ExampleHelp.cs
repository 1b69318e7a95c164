namespace RunAi.Help;

/// <summary>An example of a command.</summary>
/// <param name="Title">What it is for.</param>
/// <param name="Code">What is typed.</param>
/// <param name="Remarks">What comes back.</param>
/// <param name="IsForEmulator">Whether a test runs it against the emulator.</param>
internal sealed record ExampleHelp(string Title, string Code, string Remarks, bool IsForEmulator);
