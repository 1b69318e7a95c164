using System.Management.Automation;
using RunAi.ControlPlane;
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

    /// <summary>Connects a step operator through the sessions of this process, with the secrets of the caller's session.</summary>
    public Task<StepOperatorConnection> ConnectAsync(StepOperator one, CancellationToken token)
    {
        var secrets = new SecretResolver(Vault, Environment.GetEnvironmentVariable);
        return new StepOperatorConnector(SessionCache.Default, secrets).ConnectAsync(one, Log, token);
    }
}
