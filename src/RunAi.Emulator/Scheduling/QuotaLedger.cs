using RunAi.Emulator.State;

namespace RunAi.Emulator.Scheduling;

/// <summary>Who holds how much of which node pool, and whether more would keep within quota and limit.</summary>
internal sealed class QuotaLedger
{
    private readonly Dictionary<(object Unit, NodePool Pool), Usage> _all = [];
    private readonly Dictionary<(object Unit, NodePool Pool), Usage> _nonPreemptible = [];

    /// <summary>What a project or department holds.</summary>
    public Usage Allocated(object unit, NodePool pool) => _all.GetValueOrDefault((unit, pool));

    /// <summary>What its non-preemptible workloads hold.</summary>
    public Usage AllocatedNonPreemptible(object unit, NodePool pool) => _nonPreemptible.GetValueOrDefault((unit, pool));

    public void Take(Project project, NodePool pool, Usage usage, bool preemptible)
    {
        foreach (var unit in Units(project))
        {
            _all[(unit, pool)] = Allocated(unit, pool) + usage;
            if (!preemptible)
            {
                _nonPreemptible[(unit, pool)] = AllocatedNonPreemptible(unit, pool) + usage;
            }
        }
    }

    public void Release(Project project, NodePool pool, Usage usage, bool preemptible) =>
        Take(project, pool, new Usage() - usage, preemptible);

    /// <summary>Whether the project would stay within what it deserves.</summary>
    public bool WithinQuota(Project project, NodePool pool, decimal gpus) =>
        gpus == 0 || Allocated(project, pool).Gpu + gpus <= Deserved(project, pool);

    /// <summary>GPUs the project would hold beyond its limit with that many more.</summary>
    public decimal ExcessOverLimit(Project project, NodePool pool, decimal gpus) =>
        project.Quotas.FirstOrDefault(quota => quota.Pool == pool)?.Limit is { } limit && gpus > 0
            ? Math.Max(0, Allocated(project, pool).Gpu + gpus - limit)
            : 0;

    /// <summary>GPUs a project is entitled to; none where it has no quota.</summary>
    public static decimal Deserved(Project project, NodePool pool) =>
        project.Quotas.FirstOrDefault(quota => quota.Pool == pool)?.Deserved ?? 0;

    /// <summary>What forbids the request by the rules alone, or null.</summary>
    public QuotaRefusal? Refusal(Project project, NodePool pool, decimal gpus, bool preemptible)
    {
        if (gpus == 0)
        {
            return null;
        }

        foreach (var (unit, quotas, orgType, name) in new[]
        {
            ((object)project, project.Quotas, "PROJECT", project.Name),
            (project.Department, project.Department.Quotas, "DEPARTMENT", project.Department.Name),
        })
        {
            var quota = quotas.FirstOrDefault(q => q.Pool == pool);
            var isProject = orgType == "PROJECT";
            var deserved = quota?.Deserved ?? (isProject ? 0 : decimal.MaxValue);
            if (!preemptible && AllocatedNonPreemptible(unit, pool).Gpu + gpus > deserved)
            {
                return new(pool.Name, "NonPreemptibleOverQuota", orgType, name, gpus, deserved);
            }

            if (quota?.Limit is { } limit && Allocated(unit, pool).Gpu + gpus > limit)
            {
                return new(pool.Name, "OverLimit", orgType, name, gpus, limit);
            }
        }

        return null;
    }

    private static IEnumerable<object> Units(Project project) => [project, project.Department];
}
