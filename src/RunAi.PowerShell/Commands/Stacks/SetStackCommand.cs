using System.Management.Automation;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Changes components of a stack; those not given stay as they are, and one given as $null is taken out.</para>
/// </summary>
/// <example><code>Set-RunAiStack prod -ContainerRegistry acr</code></example>
/// <example><code>Set-RunAiStack prod -ContainerRegistry myorg.azurecr.io/steps -ImageBuilder Layer</code></example>
/// <example><code>Set-RunAiStack prod -ArtifactStore $null</code></example>
[Cmdlet(VerbsCommon.Set, "RunAiStack", SupportsShouldProcess = true)]
[OutputType(typeof(RunAi.Stack))]
public sealed class SetStackCommand : StackOptionsCommand
{
    /// <inheritdoc/>
    protected override void ProcessInput() =>
        Change("Change", assembly => assembly.PlanSet(Name), (assembly, token) => assembly.SetAsync(Name, token));
}
