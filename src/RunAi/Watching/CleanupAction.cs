using RunAi.Wording;
using RunAi.Workloads;

namespace RunAi.Watching;

/// <summary>
/// What a policy of the user asks to be done to one workload, and how far that came. Each attempt follows a poll that
/// showed the workload still there.
/// </summary>
internal sealed class CleanupAction
{
    private const int MostAttempts = 5;
    private readonly bool _stop;
    private readonly bool _delete;
    private int _attempts;
    private string? _problem;

    public CleanupAction(bool stop, bool delete)
    {
        _stop = stop;
        _delete = delete;
    }

    public bool IsStopped { get; private set; }

    public bool IsDeleted { get; private set; }

    /// <summary>True when a request of ours to suspend it was accepted.</summary>
    public bool StoppedByUs { get; private set; }

    public bool IsNew => _attempts == 0;

    /// <summary>True when there is nothing more to try.</summary>
    public bool IsOver => IsDone || _attempts >= MostAttempts;

    /// <summary>What the last attempt failed with, or null when all is done.</summary>
    public string? Problem => IsDone ? null : _problem;

    private bool IsDone => IsDeleted || (!_delete && (!_stop || IsStopped));

    /// <summary>Notes a phase that shows an earlier request took effect although its answer was lost, or another's did.</summary>
    public void Observe(string phase)
    {
        IsStopped |= phase == WorkloadPhases.Stopped;
        IsDeleted |= _delete && phase == WorkloadPhases.Deleting;
    }

    /// <summary>Suspends first, even before a deletion: if that is refused, at least no GPU is held.</summary>
    public async Task AttemptAsync(IWorkloadSource source, string id, CancellationToken cancellationToken)
    {
        _attempts++;
        if (_stop && !IsStopped)
        {
            StoppedByUs = await TryAsync(source.StopAsync, id, cancellationToken).ConfigureAwait(false);
            IsStopped = StoppedByUs;
        }

        if (_delete && !IsDeleted)
        {
            IsDeleted = await TryAsync(source.DeleteAsync, id, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> TryAsync(
        Func<string, CancellationToken, Task> request,
        string id,
        CancellationToken cancellationToken)
    {
        try
        {
            await request(id, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _problem = Reason.Of(failure);
            return false;
        }
    }
}
