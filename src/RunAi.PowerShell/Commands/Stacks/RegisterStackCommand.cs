using System.Management.Automation;
using RunAi.Configuration;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Registers a stack: a step operator together with the artifact store, container registry and image builder of its
/// steps.</para>
/// <para type="description">
/// Components are named, or given by what they are and registered under the stack's name: all together or, when anything is wrong, nothing.
/// -Verbose tells what was registered. The stack becomes the active one when none is. Nothing is sent; Test-RunAiStack tries it.
/// </para>
/// </summary>
/// <example>
/// <para>Put registered components together</para>
/// <code test="emulator">Register-RunAiStack prod -StepOperator gpu -ArtifactStore blobs -ContainerRegistry acr -ImageBuilder layers</code>
/// <para>The stack comes back. It is the active one when it is the first.</para>
/// </example>
/// <example>
/// <para>Give components by what they are</para>
/// <code test="emulator">Register-RunAiStack prod -StepOperator gpu -ContainerRegistry myorg.azurecr.io/steps -ContainerRegistryCredential '{{acr_push}}' -ImageBuilder Layer</code>
/// <para>The stack comes back. A registry and an image builder were registered under the name prod.</para>
/// </example>
/// <example>
/// <para>Register stack and step operator at once</para>
/// <code test="emulator">Register-RunAiStack dev -StepOperator https://org.run.ai -ProjectName vision -ClientId '{{runai.id}}' -ClientSecret '{{runai.secret}}' -Verbose</code>
/// <para>The stack comes back, and the verbose stream tells each component that was registered.</para>
/// </example>
/// <example>
/// <para>Register a stack for this session alone</para>
/// <code>Register-RunAiStack job -StepOperator https://org.run.ai -ProjectName vision -Credential $credential -ArtifactStore az://mlartifacts/steps -Scope Session | Use-RunAiStack</code>
/// <para>The stack comes back, active in this session. No file is written, and no vault asked.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Register, "RunAiStack", SupportsShouldProcess = true)]
[OutputType(typeof(RunAi.Stack))]
public sealed class RegisterStackCommand : StackOptionsCommand
{
    /// <summary>
    /// <para type="description">User: the stack and its new components are kept in the configuration file, for all sessions. Session: they
    /// are kept in this session (the runspace) alone, with secrets that are given as objects; nothing of it is on disk, and no vault is
    /// needed. User by default.</para>
    /// </summary>
    [Parameter]
    public RegistrationScope Scope { get; set; }

    /// <inheritdoc/>
    private protected override ConfigurationScope? TargetScope => GivenScope(Scope);

    /// <inheritdoc/>
    protected override void ProcessInput() =>
        Change("Register", assembly => assembly.PlanRegister(Name), (assembly, token) => assembly.RegisterAsync(Name, token));
}
