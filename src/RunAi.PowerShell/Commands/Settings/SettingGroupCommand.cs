using RunAi.PowerShell.Binding;
using RunAi.Steps;

namespace RunAi.PowerShell.Commands;

/// <summary>A command that makes a group of settings from its parameters, and tells all that is wrong with them at once.</summary>
public abstract class SettingGroupCommand : RunAiCommand
{
    /// <summary>The tables of the kinds that it makes.</summary>
    private protected abstract IReadOnlyList<SettingSchema> Kinds { get; }

    /// <inheritdoc/>
    protected override void ProcessInput() => WriteObject(SettingGroupReader.Read(Kinds, BoundSettings.Of(MyInvocation, Kinds[0])));
}
