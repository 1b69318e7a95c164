using System.Management.Automation;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Changes components of a stack; those not given stay as they are, and one given as $null is taken out.</para>
/// <para type="description">The stack is checked as a whole before it is written. A component that is given by what it is gets registered
/// under the stack's name.</para>
/// </summary>
/// <example>
/// <para>Use another registry</para>
/// <code test="emulator">Set-RunAiStack prod -ContainerRegistry acr</code>
/// <para>The stack comes back with the registry acr.</para>
/// </example>
/// <example>
/// <para>Give a registry and an image builder by what they are</para>
/// <code test="emulator">Set-RunAiStack prod -ContainerRegistry myorg.azurecr.io/steps -ImageBuilder Layer</code>
/// <para>The stack comes back. Both were registered under the name prod.</para>
/// </example>
/// <example>
/// <para>Take a component out</para>
/// <code test="emulator">Set-RunAiStack prod -ArtifactStore $null</code>
/// <para>The stack comes back without an artifact store. The store itself stays registered.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "RunAiStack", SupportsShouldProcess = true)]
[OutputType(typeof(RunAi.Stack))]
public sealed class SetStackCommand : StackOptionsCommand
{
    /// <inheritdoc/>
    protected override void ProcessInput() =>
        Change("Change", assembly => assembly.PlanSet(Name), (assembly, token) => assembly.SetAsync(Name, token));
}
