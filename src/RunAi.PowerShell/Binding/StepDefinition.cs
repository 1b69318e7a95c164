using System.Collections;

namespace RunAi.PowerShell.Binding;

/// <summary>Puts a step together from the values of parameters.</summary>
internal static class StepDefinition
{
    public static Step Of(string name, string image, string[] command, IDictionary? environment, StepSettings? settings) => new()
    {
        Name = name,
        Image = image,
        Command = command,
        Environment = environment is null ? new Hashtable() : Unwrapped.Dictionary(environment),
        Settings = settings ?? new StepSettings(),
    };
}
