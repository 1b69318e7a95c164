namespace RunAi.PowerShell.Tests.Engine;

/// <summary>Something that the documentation asks of a cluster.</summary>
/// <param name="Source">The file it stands in.</param>
/// <param name="Arguments">The same as arguments of <c>Submit-RunAiStep</c>.</param>
public sealed record DocumentedRequest(string Source, string Arguments);
