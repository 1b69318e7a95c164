using System.Management.Automation;
using RunAi.Operators;
using RunAi.PowerShell.Secrets;
using RunAi.Secrets;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Registers a step operator: a named connection to one Run:ai project.</para>
/// <para type="description">
/// The operator is kept in the configuration file with references to its secrets, never their values. Nothing is sent to the
/// control plane; Test-RunAiStepOperator tries it.
/// </para>
/// </summary>
/// <example>
/// <para>Register a project with references to a secret of the vault</para>
/// <code test="emulator">Register-RunAiStepOperator gpu -RunAiBaseUrl https://org.run.ai -ProjectName vision -ClientId '{{runai_secret.client_id}}' -ClientSecret '{{runai_secret.client_secret}}'</code>
/// <para>The operator comes back with the references. The secret runai_secret of the vault needs the keys client_id and
/// client_secret.</para>
/// </example>
/// <example>
/// <para>Register a project with a credential that is asked for</para>
/// <code>Register-RunAiStepOperator gpu -RunAiBaseUrl https://org.run.ai -ProjectName vision -Credential (Get-Credential)</code>
/// <para>The operator comes back with a reference. The secret itself was stored in the default vault of SecretManagement.</para>
/// </example>
/// <example>
/// <para>Register a project for this session alone</para>
/// <code>Register-RunAiStepOperator gpu -RunAiBaseUrl https://org.run.ai -ProjectName vision -Credential $credential -Scope Session</code>
/// <para>The operator comes back. Its secret stays in the session's memory: nothing is written, and no vault is needed.</para>
/// </example>
/// <example>
/// <para>Register an emulator</para>
/// <code>$emulator = Start-RunAiEmulator; $emulator | Register-RunAiStepOperator local</code>
/// <para>The operator comes back. It has the emulator's address, project and credentials; the secret is in an environment variable of this
/// process and those it starts.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Register, "RunAiStepOperator", SupportsShouldProcess = true)]
[OutputType(typeof(StepOperator))]
public sealed class RegisterStepOperatorCommand : StepOperatorOptionsCommand
{
    /// <summary>
    /// <para type="description">An emulator of Start-RunAiEmulator, also from the pipeline: its address, project and credentials are the
    /// operator's, unless others are given.</para>
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    public RunAiEmulator? Emulator { get; set; }

    /// <summary><para type="description">Replaces an operator of the same name.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// <para type="description">User: the step operator is kept in the configuration file, for all sessions. Session: it is kept in this
    /// session (the runspace) alone, with a secret that is given as an object; nothing of it is on disk, and no vault is needed. User by
    /// default.</para>
    /// </summary>
    [Parameter]
    public RegistrationScope Scope { get; set; }

    /// <inheritdoc/>
    private protected override SessionSecrets? OwnSecrets => SecretsOf(Scope);

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var store = ConfigurationOf(GivenScope(Scope)).StepOperators;
        var added = new StepOperator { Name = Name };
        if (Emulator is not null)
        {
            (added.RunAiBaseUrl, added.ProjectName, added.ClientId) = (Emulator.Uri, Emulator.ProjectName, Emulator.ClientId);
            added.ClientSecret = EmulatorSecret.Reference(Emulator);
        }

        Apply(added);
        StepOperatorValidation.Check(added);
        if (!ShouldProcess(added.Name, "Register the step operator"))
        {
            return;
        }

        store.EnsureFree(added.Name, Force);
        StoreSecret();
        if (Emulator is not null)
        {
            EmulatorSecret.Keep(Emulator, SessionState);
        }

        WriteObject(Await((_, token) => store.RegisterAsync(added, Force, token)));
    }
}
