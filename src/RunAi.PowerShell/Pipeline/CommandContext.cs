using System.Management.Automation;
using RunAi.Artifacts;
using RunAi.Operators;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Loading;
using RunAi.PowerShell.Secrets;
using RunAi.Runs;
using RunAi.Secrets;

namespace RunAi.PowerShell.Pipeline;

/// <summary>What asynchronous work may use of the command that started it.</summary>
internal sealed class CommandContext
{
    private readonly PSCmdlet _command;
    private readonly SessionEnvironment _session;
    private readonly bool _showsProgress;
    private readonly bool _isRunbook;

    public CommandContext(PSCmdlet command, SessionEnvironment session)
    {
        _command = command;
        _session = session;
        _isRunbook = RunbookJob.Runs(command);
        _showsProgress = !_isRunbook && ShowsProgress(command, session);
        Pump = new PipelinePump();
        Progress = new ProgressWriter(Pump, command, _isRunbook);
        Log = new PumpedLog(Pump, command);
        Vault = new SessionVault(command, Pump);
        var targets = (command as INotifyingCommand)?.Notify ?? [];
        Services = new RunServices
        {
            Variable = session.Variable,
            Time = session.Time,
            Secrets = new SecretResolver(Vault, session.Variable, session.Configured.Secrets, new RunAiCli(session.Variable, session.Time)),
            Configured = session.Configured,
            Log = Log,
            Sessions = session.Sessions,
            Registries = session.Registries,
            Stores = session.Stores,
            StepRunnerFolder = ModuleFolder.StepRunner,
            Notify = [.. targets.Where(target => target.Script is null).Select(target => target.Checked())],
            NotifyCall = targets.Any(target => target.Script is not null) ? figures => CallAsync(targets, figures.Run) : null,
        };
    }

    public PipelinePump Pump { get; }

    /// <summary>Writes progress records, where there is a place for them.</summary>
    public ProgressWriter Progress { get; }

    public IActivityLog Log { get; }

    public ISecretVault Vault { get; }

    /// <summary>The clock, the environment, the connections and the secrets of the caller's session.</summary>
    public RunServices Services { get; }

    /// <summary>Shows how work on runs goes on.</summary>
    /// <param name="stream">Where lines go; null for the stream that is kept where the command runs.</param>
    /// <param name="prefix">What each line begins with, for one of many: that has no progress bar, and is told in lines.</param>
    public RunObserver Observe(LogStream? stream = null, string? prefix = null)
    {
        var writer = new LogStreamWriter(Pump, _command, stream ?? (_isRunbook ? LogStream.Verbose : LogStream.Information), prefix ?? "");
        return new(writer, prefix is null ? Progress : new ProgressWriter(Pump, _command, isSilent: true), _session, _showsProgress
            && prefix is null);
    }

    /// <summary>
    /// True where a user sees progress bars: not in the job of an agent, not where the output is redirected, and not where they are turned
    /// off.
    /// </summary>
    private static bool ShowsProgress(PSCmdlet command, SessionEnvironment session)
    {
        var preference = command.MyInvocation.BoundParameters.TryGetValue("ProgressAction", out var given)
            ? given
            : command.SessionState.PSVariable.GetValue("ProgressPreference");
        var isTurnedOff = LanguagePrimitives.TryConvertTo<ActionPreference>(preference, out var action)
            && action is ActionPreference.SilentlyContinue or ActionPreference.Ignore;
        return !isTurnedOff && !session.IsUnderAzureDevOps && session.ShowsProgress();
    }

    /// <summary>Calls the script blocks with the run, as <c>$_</c> and as their first argument. What they write goes nowhere.</summary>
    private Task CallAsync(NotificationTarget[] targets, StepRun run) => Pump.CallAsync(() =>
    {
        foreach (var script in targets.Select(target => target.Script).OfType<ScriptBlock>())
        {
            script.InvokeWithContext(null, [new PSVariable("_", run)], run);
        }
    });

    /// <summary>Opens an artifact store with the secrets of the caller's session.</summary>
    public Task<IArtifactStore> OpenAsync(ArtifactStore store, CancellationToken token) => Services.OpenAsync(store, token);

    /// <summary>Connects a step operator through the sessions of the runspace, with the secrets of the caller's session.</summary>
    public Task<StepOperatorConnection> ConnectAsync(StepOperator stepOperator, CancellationToken token) =>
        Services.ConnectAsync(stepOperator, token);
}
