namespace RunAi;

/// <summary>How a step stands in one node pool.</summary>
public enum PlacementStanding
{
    /// <summary>The project's quota covers it.</summary>
    WithinQuota,

    /// <summary>It goes beyond the project's quota: a preemptible step may lose its place to others, another one is not placed.</summary>
    OverQuota,

    /// <summary>It has to wait for room.</summary>
    DoesNotFitNow,

    /// <summary>It can never run there as it is.</summary>
    NeverFits,
}
