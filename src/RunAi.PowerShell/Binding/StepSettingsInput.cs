using System.Collections;

namespace RunAi.PowerShell.Binding;

/// <summary>
/// Step settings as they were given: an object of <c>New-RunAiStepSettings</c> or a hashtable with either spelling of its keys.
/// A hashtable is read when the command runs, so that what is wrong with it is told with the module's own error. It has no base class of
/// the library, which is not there yet when the shell reads this assembly's types.
/// </summary>
public sealed partial class StepSettingsInput
{
    private readonly Func<StepSettings> _read;

    /// <summary>For the shell, which completes keys of types that it can create.</summary>
    public StepSettingsInput()
        : this(new StepSettings())
    {
    }

    /// <summary>Takes finished settings.</summary>
    /// <param name="settings">The settings.</param>
    internal StepSettingsInput(StepSettings settings) => _read = () => settings;

    /// <summary>Takes a hashtable.</summary>
    /// <param name="values">Settings by PowerShell or ZenML names.</param>
    public StepSettingsInput(IDictionary values) => _read = () => StepSettings.FromDictionary(PSObjectUnwrapper.Dictionary(values));

    /// <summary>The settings.</summary>
    /// <exception cref="StepSettingsException">A key is not known, or values break rules; all are listed.</exception>
    internal StepSettings Read() => _read();
}
