using System.Management.Automation;
using RunAi.Artifacts;
using RunAi.ControlPlane;
using RunAi.Images;
using RunAi.Operators;
using RunAi.PowerShell.Secrets;
using RunAi.Secrets;

namespace RunAi.PowerShell.Pipeline;

/// <summary>What asynchronous work may use of the command that started it.</summary>
internal sealed class WorkContext
{
    public WorkContext(PSCmdlet command)
    {
        Pump = new PipelinePump();
        Log = new PumpedLog(Pump, command);
        Vault = new SessionVault(command, Pump);
    }

    public PipelinePump Pump { get; }

    public IActivityLog Log { get; }

    public ISecretVault Vault { get; }

    /// <summary>Resolves references to secrets in the caller's session and environment.</summary>
    public SecretResolver Secrets => new(Vault, Environment.GetEnvironmentVariable);

    /// <summary>The credentials of the registered container registries, and those that 'docker login' keeps.</summary>
    public RegistryCredentials RegistryCredentials => new(
        Configuration.ContainerRegistries.Get(), Secrets, new DockerLogin(Environment.GetEnvironmentVariable, new CredentialHelper(TimeProvider.System)));

    /// <summary>Opens an artifact store with the secrets of the caller's session.</summary>
    public Task<IArtifactStore> OpenAsync(ArtifactStore store, CancellationToken token) => ArtifactStores.OpenAsync(store, Secrets, Log, token);

    /// <summary>Connects a step operator through the sessions of this process, with the secrets of the caller's session.</summary>
    public Task<StepOperatorConnection> ConnectAsync(StepOperator one, CancellationToken token) =>
        new StepOperatorConnector(SessionCache.Default, Secrets).ConnectAsync(one, Log, token);
}
