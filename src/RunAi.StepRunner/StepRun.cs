using System.Collections;
using RunAi.RunManifest;
using RunAi.StepRunner.Checkpoints;
using RunAi.StepRunner.Execution;
using RunAi.StepRunner.Log;
using RunAi.StepRunner.Outputs;
using RunAi.StepRunner.Reporting;
using RunAi.StepRunner.Store;

namespace RunAi.StepRunner;

/// <summary>One start of a run: inputs, command, outputs, and the result last of all.</summary>
internal sealed class StepRun(
    Manifest manifest, string? replica, ObjectStore store, RunnerSettings settings, SignalForwarding signals, IDictionary inherited,
    TimeProvider time)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private readonly CancellationTokenSource _deadline = new();

    /// <returns>The runner's exit code.</returns>
    public async Task<int> RunAsync()
    {
        var (head, logIsKnown) = await ReadLogHeadAsync();
        var segments = RunnerLog.CreateLog(manifest.Log, head, manifest.Attempt, time);
        var log = new RunnerLog(segments, manifest.Attempt, head.Starts, time);
        log.Note(LogNote.Started, $"Start {head.Starts} of attempt {manifest.Attempt} of the run {manifest.RunId}, step "
            + $"{manifest.StepName}{(replica is null ? "" : ", " + replica)}.");
        var logStore = logIsKnown ? new LogStore(store, manifest.Log, segments, head.Starts, time) : null;
        using var hurry = signals.Stop.Register(() => logStore?.Hurry());
        if (!logIsKnown)
        {
            segments.Abandon();
        }

        SetDeadline();
        var ending = await RunCommandAsync(segments, log, head.Starts);
        if (ending.Message is { } message)
        {
            RunnerLog.Complain(message);
        }

        log.Note(LogNote.Ended, ending.Message ?? "The command ended with exit code 0.");
        try
        {
            await Task.WhenAll(
                logStore?.CompleteAsync(CancellationToken.None) ?? Task.CompletedTask,
                ending.Checkpoint?.CompleteAsync(save: ending.Outcome != RunOutcome.Succeeded) ?? Task.CompletedTask);
            if (ending.Outcome is not null)
            {
                await new ResultWriter(store, manifest, replica, time).WriteAsync(ending, head.Starts, _startedAt, segments.Begun);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever is wrong with storing, the exit code is the command's.
            RunnerLog.Complain($"A fault of the runner after the command: {e}");
        }

        return ending.RunnerCode;
    }

    /// <summary>Where earlier starts got with the log. When that cannot be known, this start must not write over it.</summary>
    private async Task<(LogHead Head, bool IsKnown)> ReadLogHeadAsync()
    {
        var head = new LogHead();
        try
        {
            var json = await store.TryReadAsync(manifest.Log.Head.Get!, signals.Stop);
            head = json is null ? head : System.Text.Json.JsonSerializer.Deserialize(json, RunnerJson.Default.LogHead) ?? head;
            return (new LogHead { Starts = head.Starts + 1, Segments = head.Segments }, true);
        }
        catch (Exception e) when (e is StoreException or System.Text.Json.JsonException)
        {
            RunnerLog.Complain($"The log is not stored, since how far it got earlier cannot be read: {Reason.Of(e)}. It goes on here.");
            return (new LogHead { Starts = 1, Segments = manifest.Log.Segments.Length }, false);
        }
    }

    private void SetDeadline()
    {
        if (manifest.Deadline is { } deadline)
        {
            var rest = deadline - time.GetUtcNow();
            var longest = TimeSpan.FromDays(40);
            _deadline.CancelAfter(rest < TimeSpan.Zero ? TimeSpan.Zero : rest < longest ? rest : longest);
        }
    }

    private async Task<Ending> RunCommandAsync(SegmentedLog segments, RunnerLog log, int start)
    {
        CheckpointWatch? checkpoint = null;
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(signals.Stop, _deadline.Token);
            var home = Home.Choose();
            var preparation = new Preparation(manifest, replica, store, home, log);
            var commandLine = await preparation.PrepareAsync(start, either.Token);
            either.Token.ThrowIfCancellationRequested();
            foreach (var (name, value) in UserVariables.Missing(inherited, home))
            {
                commandLine.AddVariable(name, value);
            }

            var child = ChildProcess.Start(commandLine.Substitute(manifest.Command), commandLine.Environment(inherited));
            signals.ForwardTo(child);
            checkpoint = preparation.Checkpoint is { IsKept: true } kept
                ? new CheckpointWatch(kept, home.Checkpoint, preparation.SavedFingerprint, settings.CheckpointInterval, log, time)
                : null;
            var command = new RunningCommand(child, segments, settings, time);
            var exit = await command.WaitAsync(manifest.RunTimeoutSeconds, _deadline.Token, signals.Stop);
            var ending = Ending.Of(exit, command.TimedOut, signals.Stop.IsCancellationRequested) with { Checkpoint = checkpoint };
            return ending.Outcome is RunOutcome.Succeeded or RunOutcome.Failed ? await PublishAsync(ending, home, log) : ending;
        }
        catch (RunnerException e)
        {
            return Ending.Failed(e, checkpoint);
        }
        catch (OperationCanceledException)
        {
            return signals.Stop.IsCancellationRequested ? Ending.Stopped() : Ending.TooLate();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Ending.Failed(new RunnerException(ExitCodes.Internal, $"A fault of the runner: {e}"), checkpoint);
        }
    }

    private async Task<Ending> PublishAsync(Ending ending, Home home, RunnerLog log)
    {
        var publisher = new OutputPublisher(store, home);
        var published = new List<ArtifactDescriptor>();
        var told = 0;
        try
        {
            foreach (var output in manifest.Outputs.Where(manifestOutput => manifestOutput.Descriptor.Put is not null
                && (ending.Outcome == RunOutcome.Succeeded || (manifestOutput.Always && publisher.IsThere(manifestOutput)))))
            {
                var descriptor = await publisher.PublishAsync(output, CancellationToken.None);
                published.Add(descriptor);
                foreach (var warning in publisher.Warnings.Skip(told))
                {
                    log.Warn(warning);
                    told++;
                }

                log.Inform($"The output {output.Name} was published: {descriptor.Size} bytes, {descriptor.Digest}.");
            }

            return ending with { Outputs = [.. published], Warnings = publisher.Warnings };
        }
        catch (RunnerException e) when (ending.Outcome == RunOutcome.Failed)
        {
            // That the command failed is what counts.
            log.Warn(e.Message);
            return ending with { Outputs = [.. published] };
        }
        catch (RunnerException e)
        {
            return ending with
            {
                Outcome = RunOutcome.OutputFailed,
                Message = e.Message,
                RunnerCode = e.ExitCode,
                Outputs = [.. published],
            };
        }
    }
}
