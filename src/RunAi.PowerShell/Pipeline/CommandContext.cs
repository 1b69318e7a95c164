using System.Management.Automation;
using RunAi.Artifacts;
using RunAi.Images;
using RunAi.Operators;
using RunAi.PowerShell.Secrets;
using RunAi.Secrets;

namespace RunAi.PowerShell.Pipeline;

/// <summary>What asynchronous work may use of the command that started it.</summary>
internal sealed class CommandContext
{
    public CommandContext(PSCmdlet command, SessionEnvironment session)
    {
        Session = session;
        Pump = new PipelinePump();
        Log = new PumpedLog(Pump, command);
        Vault = new SessionVault(command, Pump);
    }

    /// <summary>The environment, clock and connections of the command's runspace.</summary>
    public SessionEnvironment Session { get; }

    /// <summary>The user's configuration.</summary>
    public Configuration Configuration => new(Session);

    public PipelinePump Pump { get; }

    public IActivityLog Log { get; }

    public ISecretVault Vault { get; }

    /// <summary>Resolves references to secrets in the caller's session and environment.</summary>
    public SecretResolver Secrets => new(Vault, Session.Variable);

    /// <summary>The credentials of the registered container registries, and those that 'docker login' keeps.</summary>
    public RegistryCredentials RegistryCredentials => new(
        Configuration.ContainerRegistries.Get(), Secrets, new DockerLogin(Session.Variable, new CredentialHelper(Session.Time)));

    /// <summary>Opens an artifact store with the secrets of the caller's session.</summary>
    public Task<IArtifactStore> OpenAsync(ArtifactStore store, CancellationToken token) =>
        ConfiguredArtifactStores.OpenAsync(store, Secrets, Log, token, Session.Stores, Session.Time);

    /// <summary>Connects a step operator through the sessions of the runspace, with the secrets of the caller's session.</summary>
    public Task<StepOperatorConnection> ConnectAsync(StepOperator stepOperator, CancellationToken token) =>
        new StepOperatorConnector(Session.Sessions, Secrets).ConnectAsync(stepOperator, Log, token);
}
