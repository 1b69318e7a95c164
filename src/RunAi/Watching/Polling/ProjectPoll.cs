using RunAi.ControlPlane;
using RunAi.ControlPlane.Wire;

namespace RunAi.Watching;

/// <summary>
/// One poll of all that is followed in a project: by a list of what may have changed since the poll before, every tenth time and
/// after any doubt by a list of everything, and by id where that takes fewer requests. Pages are dropped as soon as they are read.
/// </summary>
internal sealed class ProjectPoll
{
    private const int PollsPerFullPoll = 10;
    private const int AtOnce = 8;
    private const int MostAskedById = 96;

    /// <summary>Covers answers under way, whole seconds, and copies of the control plane that lag a little.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MostLag = TimeSpan.FromMinutes(15);

    private readonly PollState _state;
    private readonly TimeProvider _time;
    private DateTimeOffset? _asOf;
    private TimeSpan _lag;
    private int _sinceFull;
    private int _fullPages = 1;
    private bool _fullNext = true;

    public ProjectPoll(PollState state, TimeProvider time)
    {
        _state = state;
        _time = time;
    }

    /// <summary>Polls, and applies to the state what it finds.</summary>
    /// <returns>The server's time.</returns>
    public async Task<DateTimeOffset> RunAsync(IWorkloadLister lister, long number, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        var full = IsFullDue();
        _fullNext = false;
        var done = false;
        try
        {
            await PollAsync(lister, full, number, cancellationToken).ConfigureAwait(false);
            done = true;
        }
        finally
        {
            _fullNext |= full && !done;
        }

        var serverTime = lister.ServerTime;
        var asOf = serverTime - _time.GetElapsedTime(began);
        _fullNext |= asOf < _asOf - Overlap;
        _asOf = asOf;
        return serverTime;
    }

    private bool IsFullDue()
    {
        // With a list of changes, what is wanted is asked for by id: one more request than there are such.
        var due = _state.TakeHasAdded() || _fullNext || _asOf is null
            || _state.RefreshRequested().Count >= Math.Min(_fullPages, MostAskedById);
        due |= ++_sinceFull >= PollsPerFullPoll;
        return due;
    }

    private async Task PollAsync(IWorkloadLister lister, bool full, long number, CancellationToken cancellationToken)
    {
        var count = _state.Count;
        if (count <= 1 || (full && count <= Math.Min(_fullPages, MostAskedById)))
        {
            await PollByIdAsync(lister, number, cancellationToken).ConfigureAwait(false);
            _sinceFull = 0;
        }
        else if (full)
        {
            await PollAllAsync(lister, number, cancellationToken).ConfigureAwait(false);
            _sinceFull = 0;
        }
        else
        {
            await ListAsync(
                lister, [Filter.AtLeast("phaseUpdatedAt", _asOf!.Value - Overlap - _lag)], number, cancellationToken).ConfigureAwait(false);
            var unknown = await GetByIdAsync(lister, _state.RefreshRequested(), number, cancellationToken).ConfigureAwait(false);
            _fullNext |= unknown.Count > 0;
        }
    }

    /// <summary>Asks for each by its id. What is not found so may be hidden by a gateway: the list has a say too.</summary>
    private async Task PollByIdAsync(IWorkloadLister lister, long number, CancellationToken cancellationToken)
    {
        var missing = await GetByIdAsync(lister, _state.Ids(), number, cancellationToken).ConfigureAwait(false);
        if (missing.Count > 0)
        {
            IReadOnlyList<string> filters = missing.Count == 1 && _state.NameOf(missing[0]) is { } name && Filter.CanExpress(name)
                ? [Filter.Equal("name", name)]
                : [];
            await ListAsync(lister, filters, number, cancellationToken).ConfigureAwait(false);
            MarkMissing(_state.NotObserved(number).Select(workload => workload.Id));
        }
    }

    private async Task PollAllAsync(IWorkloadLister lister, long number, CancellationToken cancellationToken)
    {
        _fullPages = await ListAsync(lister, [], number, cancellationToken).ConfigureAwait(false);
        var unseen = _state.NotObserved(number);
        if (unseen.Count == 0)
        {
            return;
        }

        // A list moves while it is read: only one that was missing again and again is asked for by id, and only that decides.
        const int Before = TrackedWorkload.ConfirmingPolls - 1;
        MarkMissing(unseen.Where(workload => workload.Misses < Before).Select(workload => workload.Id));
        var gone = unseen.Where(workload => workload.Misses >= Before).Take(MostAskedById).Select(workload => workload.Id).ToArray();
        MarkMissing(await GetByIdAsync(lister, gone, number, cancellationToken).ConfigureAwait(false));
    }

    private void MarkMissing(IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            _state.MarkMissing(id);
            _fullNext = true;
        }
    }

    /// <returns>The ids the control plane does not know.</returns>
    private async Task<IReadOnlyList<string>> GetByIdAsync(
        IWorkloadLister lister, IReadOnlyList<string> ids, long number, CancellationToken cancellationToken)
    {
        List<string> unknown = [];
        await Concurrently.InTurnsAsync(ids, id => lister.GetAsync(id, cancellationToken), Take, AtOnce).ConfigureAwait(false);
        return unknown;

        bool Take(string id, WorkloadRecord? record)
        {
            if (record is null)
            {
                unknown.Add(id);
            }
            else
            {
                Apply(record, number);
            }

            return true;
        }
    }

    /// <returns>The number of pages.</returns>
    private async Task<int> ListAsync(
        IWorkloadLister lister, IReadOnlyList<string> filters, long number, CancellationToken cancellationToken)
    {
        if (_state.Prefix() is { } prefix && Filter.CanExpress(prefix))
        {
            filters = [.. filters, Filter.StartsWith("name", prefix)];
        }

        var walk = new PageWalk();
        for (var pages = 1; ; pages++)
        {
            var page = await lister.ListAsync(filters, walk.Offset, cancellationToken).ConfigureAwait(false);
            foreach (var record in page.Items)
            {
                Apply(record, number);
            }

            if (!walk.MoveOn(page.Items.Count, Page<WorkloadRecord>.MaxRows, page.Next))
            {
                return pages;
            }
        }
    }

    private void Apply(WorkloadRecord record, long number)
    {
        switch (_state.Apply(record, number))
        {
            case RowChange.Unconfirmed:
                _fullNext = true;
                break;
            case RowChange.Changed when record.PhaseUpdatedAt < _asOf - Overlap:
                // Written late, or by a clock that is behind the control plane's: the next lists reach back as far.
                var late = _asOf!.Value - record.PhaseUpdatedAt.GetValueOrDefault();
                _lag = late > MostLag ? MostLag : late > _lag ? late : _lag;
                break;
        }
    }
}
