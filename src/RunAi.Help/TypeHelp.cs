namespace RunAi.Help;

/// <summary>Something that goes into a command or comes out of it.</summary>
/// <param name="Type">The full name of its type.</param>
/// <param name="Description">What it is; empty when the type says it.</param>
internal sealed record TypeHelp(string Type, string Description);
