namespace RunAi.ControlPlane.Wire;

/// <summary>A project with its quota and use (<c>Project</c>).</summary>
internal sealed class ProjectRecord
{
    public string Id { get; set; } = "";

    public string Name { get; set; } = "";

    public string ClusterId { get; set; } = "";

    public string? ParentId { get; set; }

    public Department? Parent { get; set; }

    public string? Description { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }

    public CurrentStatus? Status { get; set; }

    public IReadOnlyList<PoolQuota> Resources { get; set; } = [];

    public IReadOnlyList<string> DefaultNodePools { get; set; } = [];

    public EffectiveSettings? Effective { get; set; }

    /// <summary>A project's state (<c>ProjectStatus</c>).</summary>
    internal sealed class CurrentStatus
    {
        public string? Namespace { get; set; }

        public string Phase { get; set; } = "";

        public string? PhaseMessage { get; set; }

        public QuotaUse? QuotaStatus { get; set; }

        public IReadOnlyList<PoolQuotaUse> NodePoolQuotaStatuses { get; set; } = [];
    }

    /// <summary>The department a project belongs to (<c>DepartmentProjectParent</c>).</summary>
    internal sealed class Department
    {
        public string Id { get; set; } = "";

        public string Name { get; set; } = "";
    }

    /// <summary>A project's quota in one node pool (<c>Resources</c>).</summary>
    internal sealed class PoolQuota
    {
        public Pool? NodePool { get; set; }

        public Quota? Gpu { get; set; }

        public Quota? Cpu { get; set; }

        public MemoryQuota? Memory { get; set; }

        public string? Priority { get; set; }
    }

    /// <summary>A node pool by id and name, inside a project's resources.</summary>
    internal sealed class Pool
    {
        public string Id { get; set; } = "";

        public string? Name { get; set; }
    }

    /// <summary>
    /// A quota of one resource: GPUs, millicores or memory. A null <see cref="Limit"/> is no limit.
    /// </summary>
    internal class Quota
    {
        public double? Deserved { get; set; }

        public double? Limit { get; set; }

        public double? OverQuotaWeight { get; set; }
    }

    /// <summary>A quota of memory, in the units it names.</summary>
    internal sealed class MemoryQuota : Quota
    {
        /// <summary><c>Mib</c>, <c>MB</c> or <c>GB</c>.</summary>
        public string? Units { get; set; }
    }

    /// <summary>What of a quota is in use (<c>QuotaStatus</c>).</summary>
    internal class QuotaUse
    {
        public Amounts? Allocated { get; set; }

        public Amounts? AllocatedNonPreemptible { get; set; }

        public Amounts? Requested { get; set; }
    }

    /// <summary>What of a project's quota is in use in one node pool (<c>QuotaStatusNodePool</c>).</summary>
    internal sealed class PoolQuotaUse : QuotaUse
    {
        public string NodePoolId { get; set; } = "";

        public string NodePoolName { get; set; } = "";
    }

    /// <summary>Amounts of GPU, CPU and memory (<c>QuotaStatusResource</c>).</summary>
    internal sealed class Amounts
    {
        public double? Gpu { get; set; }

        public double? Cpu { get; set; }

        public double? Memory { get; set; }
    }

    /// <summary>What is in force in a project after inheritance (<c>ProjectEffective</c>).</summary>
    internal sealed class EffectiveSettings
    {
        public TrainingRules? SchedulingRules { get; set; }

        public IReadOnlyList<string> DefaultNodePools { get; set; } = [];
    }

    /// <summary>Time limits a project sets for trainings, in seconds (<c>SchedulingRules</c>).</summary>
    internal sealed class TrainingRules
    {
        public long? TrainingJobTimeLimitSeconds { get; set; }

        public long? TrainingJobMaxIdleDurationSeconds { get; set; }
    }
}
