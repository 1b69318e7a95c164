namespace RunAi.Emulator.Execution.Processes;

/// <summary>What is started for a pod: the program with its arguments, its whole environment, and the folder it starts in.</summary>
internal sealed record ProcessPlan(IReadOnlyList<string> Words, IReadOnlyDictionary<string, string> Variables, string Folder);
