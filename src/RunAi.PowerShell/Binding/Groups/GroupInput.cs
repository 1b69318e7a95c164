namespace RunAi.PowerShell.Binding;

/// <summary>
/// A group of settings as it was given: an object of its command, a hashtable, or a short text or number. It is read when the command runs,
/// with all other settings, so that everything that is wrong is told at once and with the module's own error. The properties of its classes
/// are there for the shell, which completes the keys of a hashtable by those of the parameter's type, and finds only types of this
/// assembly.
/// </summary>
public abstract class GroupInput
{
    private protected GroupInput()
    {
    }

    /// <summary>What was given.</summary>
    internal object? Given { get; set; }

    /// <summary>What was given, as text.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Given?.ToString() ?? "";
}
