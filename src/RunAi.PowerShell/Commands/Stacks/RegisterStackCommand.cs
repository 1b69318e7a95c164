using System.Management.Automation;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Registers a stack: a step operator together with the artifact store, container registry and image builder of its steps.</para>
/// <para type="description">
/// Components are named, or given by what they are and registered under the stack's name: all together or, when anything is wrong, nothing.
/// -Verbose tells what was registered. The stack becomes the active one when none is. Nothing is sent; Test-RunAiStack tries it.
/// </para>
/// </summary>
/// <example><code>Register-RunAiStack prod -StepOperator gpu -ArtifactStore blobs -ContainerRegistry acr -ImageBuilder layers</code></example>
/// <example><code>Register-RunAiStack prod -StepOperator gpu -ContainerRegistry myorg.azurecr.io/steps -ContainerRegistryCredential '{{acr_push}}' -ImageBuilder Layer</code></example>
/// <example><code>Register-RunAiStack dev -StepOperator https://org.run.ai -ProjectName vision -ClientId '{{runai.id}}' -ClientSecret '{{runai.secret}}' -Verbose</code></example>
[Cmdlet(VerbsLifecycle.Register, "RunAiStack", SupportsShouldProcess = true)]
[OutputType(typeof(RunAi.Stack))]
public sealed class RegisterStackCommand : StackOptionsCommand
{
    /// <inheritdoc/>
    protected override void ProcessInput() =>
        Change("Register", assembly => assembly.PlanRegister(Name), (assembly, token) => assembly.RegisterAsync(Name, token));
}
