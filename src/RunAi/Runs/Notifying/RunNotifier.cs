using System.Text;
using RunAi.Content;
using RunAi.Redaction;
using RunAi.Secrets;
using RunAi.Wording;

namespace RunAi.Runs;

/// <summary>
/// Tells others of a run's end, once for each target: whoever is the first to create the mark beside the run's record does. A message that
/// does not arrive is a warning, and is not sent again by another.
/// </summary>
internal sealed class RunNotifier
{
    private readonly SecretResolver _secrets;
    private readonly WebHooks _hooks;
    private readonly TimeProvider _time;
    private readonly IActivityLog _log;

    /// <param name="secrets">Resolves the addresses.</param>
    /// <param name="hooks">Sends.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Gets what goes wrong.</param>
    public RunNotifier(SecretResolver secrets, WebHooks hooks, TimeProvider time, IActivityLog log) =>
        (_secrets, _hooks, _time, _log) = (secrets, hooks, time, log);

    /// <summary>Targets beside those that a run was submitted with, as the user wrote them.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>A call beside them, such as a script block of the session; null for none.</summary>
    public Func<RunFigures, Task>? Call { get; init; }

    /// <summary>True when a run's end would be told to somebody.</summary>
    public bool IsWanted(StepRun run) => Targets.Count > 0 || run.Notify.Length > 0 || Call is not null;

    /// <summary>Tells of the end.</summary>
    /// <param name="figures">The run at its end.</param>
    /// <param name="cause">Why it did not succeed, where that is known.</param>
    /// <param name="journal">Where the run is recorded.</param>
    /// <param name="ct">Ends it.</param>
    public async Task TellAsync(RunFigures figures, DiagnosisCause? cause, RunJournal journal, CancellationToken ct)
    {
        var run = figures.Run;
        if (journal.IsRehearsal)
        {
            return;
        }

        foreach (var target in run.Notify.Concat(Targets).Distinct(StringComparer.Ordinal))
        {
            if (await IsFirstAsync(run, target, journal, ct).ConfigureAwait(false))
            {
                await SendAsync(target, figures, cause, ct).ConfigureAwait(false);
            }
        }

        if (Call is not null && await IsFirstAsync(run, "script", journal, ct).ConfigureAwait(false))
        {
            try
            {
                await Call(figures).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                _log.Warning($"The script block of -Notify failed for run {run.RunId}: {CleanText.Of(Reason.Of(failure))}");
            }
        }
    }

    private async Task SendAsync(string text, RunFigures figures, DiagnosisCause? cause, CancellationToken ct)
    {
        var trouble = "";
        try
        {
            var target = NotifyTarget.Parse(text);
            var address = await _secrets.ResolveAsync(target.Address, SecretIntent.Secret, ct).ConfigureAwait(false);
            if (await _hooks.PostAsync(address.Reveal(), NotifyMessage.Write(target.Shape, figures, cause), _time, ct).ConfigureAwait(false)
                is not { } failure)
            {
                _log.Verbose($"The end of run {figures.Run.RunId} was told to {text}.");
                return;
            }

            trouble = $"{text} {failure}";
        }
        catch (RunAiException failure)
        {
            trouble = Reason.Of(failure);
        }

        _log.Warning($"The end of run {figures.Run.RunId} could not be told, and is not told again: {CleanText.Of(trouble)}.");
    }

    private async Task<bool> IsFirstAsync(StepRun run, string target, RunJournal journal, CancellationToken ct)
    {
        try
        {
            var mark = Digest.Hex(Digest.Of(Encoding.UTF8.GetBytes(target))).Remove(16);
            return await journal.TryKeepAsync(
                RunKeys.Notified(run.RunId, run.Attempt, mark), Encoding.UTF8.GetBytes("{}"), ct).ConfigureAwait(false);
        }
        catch (RunAiException trouble)
        {
            _log.Warning(
                $"The end of run {run.RunId} is not told to {target}: whether it was told already cannot be seen. ({Reason.Of(trouble)})");
            return false;
        }
    }
}
