namespace RunAi.Runs;

/// <summary>What a run is made of, in store and registry before its workload is asked for.</summary>
/// <param name="Image">The image by digest.</param>
/// <param name="Inputs">The inputs by name.</param>
internal sealed record RunContent(string Image, IReadOnlyList<RunInput> Inputs);
