using RunAi.PowerShell.Pipeline;

namespace RunAi.PowerShell.Commands;

/// <content>
/// Piped steps: each is checked and confirmed as it comes, and sent while the next ones come. Runs come out in the order of the steps.
/// </content>
public sealed partial class SubmitStepCommand : IDisposable
{
    private const int MostAtOnce = 8;

    private readonly Queue<OngoingSubmission> _ongoing = new();
    private CommandContext? _context;
    private IDisposable? _guard;

    /// <inheritdoc/>
    protected override void ProcessEnd()
    {
        while (_ongoing.Count > 0)
        {
            Finish();
        }
    }

    /// <summary>
    /// Ends what is under way when the pipeline ended before: by Ctrl+C, an error, or a later command that wants no more.
    /// </summary>
    public void Dispose()
    {
        if (_ongoing.Count > 0)
        {
            Cancel(_context!, _ongoing.Select(submission => submission.Work));
            foreach (var left in End([.. _ongoing]))
            {
                Host.UI.WriteWarningLine(left);
            }

            _ongoing.Clear();
        }

        _guard?.Dispose();
    }

    private void SendPiped()
    {
        _guard ??= GuardWork();
        _context ??= new CommandContext(this, Session);
        var submission = new OngoingSubmission(this, isOneOfMany: _ongoing.Count > 0);
        submission.Work = Begin(_context, submission.RunAsync);
        _ongoing.Enqueue(submission);
        Serve(_context, Task.WhenAny(submission.Confirmed, submission.Work));
        while (_ongoing.Count >= MostAtOnce || (_ongoing.Count > 0 && _ongoing.Peek().Work.IsCompleted))
        {
            Finish();
        }
    }

    /// <summary>Waits for the first that is under way and writes its run or its failure.</summary>
    private void Finish()
    {
        var submission = _ongoing.Peek();
        Serve(_context!, submission.Work);
        StepRun? run = null;
        RunAiException? failure = null;
        try
        {
            run = submission.Work.GetAwaiter().GetResult();
        }
        catch (RunAiException refused)
        {
            failure = refused;
        }

        _ongoing.Dequeue();
        if (failure is not null)
        {
            WriteFailure(failure, submission.Target);
        }
        else if (run is not null)
        {
            WriteObject(run);
        }
    }
}
