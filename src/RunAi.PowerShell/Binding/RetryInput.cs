using System.Collections;

namespace RunAi.PowerShell.Binding;

/// <summary>
/// A retry policy as it was given: a hashtable. It is read when the command runs, so that what is wrong with it is told with the module's
/// own error. The properties are there for the shell, which completes the keys of a hashtable by those of the parameter's type.
/// </summary>
public sealed class RetryInput
{
    /// <summary>For the shell, which completes keys of types that it can create.</summary>
    public RetryInput()
        : this(new Hashtable())
    {
    }

    /// <summary>Takes a hashtable.</summary>
    /// <param name="values">Retries by cause, and times.</param>
    public RetryInput(IDictionary values) => Values = values;

    /// <summary>How often the run is tried again when its place was taken for good.</summary>
    public int? Preempted { get; set; }

    /// <summary>How often it is tried again when a node, image pull or mount failed.</summary>
    public int? Infrastructure { get; set; }

    /// <summary>How often it is tried again when the step itself failed.</summary>
    public int? UserCode { get; set; }

    /// <summary>The wait before the first retry; 10 seconds by default.</summary>
    public TimeSpan? Backoff { get; set; }

    /// <summary>The longest wait between two attempts; 5 minutes by default.</summary>
    public TimeSpan? MaxBackoff { get; set; }

    /// <summary>The time from the first submission after which no attempt begins; no limit by default.</summary>
    public TimeSpan? Window { get; set; }

    /// <summary>What was given.</summary>
    internal IDictionary Values { get; }
}
