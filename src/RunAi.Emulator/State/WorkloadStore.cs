using System.Diagnostics.CodeAnalysis;

namespace RunAi.Emulator.State;

/// <summary>All workloads: live ones and deleted ones, each in order of creation, and an index by id.</summary>
internal sealed class WorkloadStore
{
    private readonly Dictionary<Guid, Workload> _byId = [];
    private readonly Dictionary<(string Project, string Name), int> _names = [];
    private readonly List<Workload> _live = [];
    private readonly List<Workload> _deleted = [];
    private long _sequence;

    public IReadOnlyList<Workload> Live => _live;

    public IReadOnlyList<Workload> Deleted => _deleted;

    public IEnumerable<Workload> All => _byId.Values.OrderBy(workload => workload.Sequence);

    public void Add(Workload workload)
    {
        _sequence = workload.Sequence = workload.Sequence == 0 ? _sequence + 1 : Math.Max(workload.Sequence, _sequence);
        _byId.Add(workload.Id, workload);
        if (workload.DeletedAt is null)
        {
            _live.Add(workload);
            _names[Key(workload)] = _names.GetValueOrDefault(Key(workload)) + 1;
        }
        else
        {
            _deleted.Add(workload);
        }
    }

    /// <summary>Finds a workload that is not deleted.</summary>
    public bool TryGet(Guid id, [NotNullWhen(true)] out Workload? workload) =>
        _byId.TryGetValue(id, out workload) && workload.DeletedAt is null;

    public bool HasName(string projectId, string name) => _names.ContainsKey((projectId, name));

    /// <summary>Moves a workload to the deleted ones.</summary>
    public void Remove(Workload workload)
    {
        _live.RemoveAt(_live.BinarySearch(workload, BySequence));
        _deleted.Add(workload);
        if (--_names[Key(workload)] == 0)
        {
            _names.Remove(Key(workload));
        }
    }

    private static readonly IComparer<Workload> BySequence =
        Comparer<Workload>.Create((a, b) => a.Sequence.CompareTo(b.Sequence));

    private static (string Project, string Name) Key(Workload workload) => (workload.ProjectId, workload.Name);
}
