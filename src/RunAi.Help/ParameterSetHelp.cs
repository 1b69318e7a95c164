namespace RunAi.Help;

/// <summary>One way to call a command.</summary>
/// <param name="Name">The name of the parameter set.</param>
/// <param name="IsDefault">Whether it is the one that is taken when the parameters fit several.</param>
/// <param name="Parameters">Its parameters as they are in this set.</param>
internal sealed record ParameterSetHelp(string Name, bool IsDefault, IReadOnlyList<ParameterHelp> Parameters);
