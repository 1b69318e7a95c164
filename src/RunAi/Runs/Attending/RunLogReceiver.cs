using RunAi.Runs.Log;
using RunAi.Stacks;

namespace RunAi.Runs.Attending;

/// <summary>Reads the log of a run from its store and, if that is wanted, follows it until the run has ended.</summary>
internal sealed class RunLogReceiver
{
    private readonly RunServices _services;

    public RunLogReceiver(RunServices services) => _services = services;

    /// <summary>True to follow the log until the run has ended.</summary>
    public bool Follows { get; init; }

    /// <summary>How many of the last lines to read; null for all.</summary>
    public int? Tail { get; init; }

    /// <summary>The replicas of a distributed run; null for all.</summary>
    public IReadOnlyList<string>? Replicas { get; init; }

    /// <summary>The position of a line to go on after; null or empty for the beginning.</summary>
    public string? After { get; init; }

    /// <summary>The step operator to see the workload's end through; null or empty for the run's.</summary>
    public string? StepOperator { get; init; }

    /// <summary>Reads the log.</summary>
    /// <param name="stored">The run.</param>
    /// <param name="tell">Gets each line, as the workload printed it.</param>
    /// <param name="ct">Ends the work.</param>
    /// <exception cref="RunAiException"><see cref="ErrorIds.ReplicaNotFound"/>.</exception>
    public async Task ReadAsync(StoredRun stored, Action<LogLine> tell, CancellationToken ct)
    {
        var log = LogOf(stored);
        if (Tail is { } count)
        {
            foreach (var line in await log.TailAsync(count, ct).ConfigureAwait(false))
            {
                tell(line);
            }
        }

        await (Follows ? FollowAsync(stored.Run, log, tell, ct)
            : Tail is null ? log.ReadAsync(tell, ct) : Task.CompletedTask).ConfigureAwait(false);
    }

    /// <summary>Makes sure that a text is a position in a log.</summary>
    /// <exception cref="RunAiException"><see cref="ErrorIds.InvalidLogPosition"/>.</exception>
    public static void CheckPosition(string? position)
    {
        if (position is { Length: > 0 } && !LogPosition.TryParse(position, out _) && !ReplicaLog.TryParse(position, out _))
        {
            throw new RunAiException(
                ErrorIds.InvalidLogPosition, $"'{position}' is no position in a log. Give -After the Position of a line that was received.")
            {
                Target = position,
            };
        }
    }

    /// <summary>The end of the workload is seen at the control plane, which is only polled.</summary>
    private async Task FollowAsync(StepRun run, ILogSource log, Action<LogLine> tell, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var ended = EndedAsync(run, over.Token);
        try
        {
            await new LogFollower(log, _services.Time, _services.Log).FollowAsync(tell, ended, ct).ConfigureAwait(false);
        }
        finally
        {
            over.Cancel();
        }
    }

    private async Task EndedAsync(StepRun run, CancellationToken ct)
    {
        if (run.State is not (StepRunState.Submitting or StepRunState.Submitted or StepRunState.Running) || run.WorkloadId is null)
        {
            return;
        }

        var name = string.IsNullOrEmpty(StepOperator) ? run.StepOperator : StepOperator;
        var connection = await _services.ConnectAsync(
            new StackResolver(_services.Configuration).Resolve(null, name).StepOperator, ct).ConfigureAwait(false);
        var follower = new RunFollower(RunContext.WithoutRecord(connection, _services.Time, _services.Log), null)
        {
            IsOnlooker = true,
            WhileStopped = true,
        };
        await follower.WaitAsync(run, ct).ConfigureAwait(false);
    }

    private ILogSource LogOf(StoredRun stored)
    {
        var (run, store) = stored;
        if (Replicas?.FirstOrDefault(name => !run.Replicas.Any(replica => replica.Name == name)) is { } unknown)
        {
            throw new RunAiException(
                ErrorIds.ReplicaNotFound,
                run.Replicas.Length == 0
                    ? $"The run {run.RunId} has no replica '{unknown}': it is not distributed over several pods. Leave -Replica out."
                    : $"The run {run.RunId} has no replica '{unknown}'. It has "
                        + $"{string.Join(", ", run.Replicas.Select(replica => replica.Name))}.")
            {
                Target = unknown,
            };
        }

        if (run.Replicas.Length == 0)
        {
            return new RunLog(store, run.RunId, After is { Length: > 0 } && LogPosition.TryParse(After, out var position) ? position : null)
            {
                Attempt = run.Attempt,
            };
        }

        return new ReplicaLog(
            store, run, Replicas, After is { Length: > 0 } && ReplicaLog.TryParse(After, out var positions) ? positions : null);
    }
}
