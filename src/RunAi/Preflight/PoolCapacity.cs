namespace RunAi.Preflight;

/// <summary>A node pool as a project sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Deserved">The project's GPU quota there.</param>
/// <param name="Limit">The most GPUs the project may hold there; null for no limit.</param>
/// <param name="Allocated">How many it holds.</param>
/// <param name="NonPreemptible">How many of these its non-preemptible workloads hold.</param>
/// <param name="Nodes">The nodes that are ready; null when they could not be read.</param>
internal sealed record PoolCapacity(
    string Name, decimal Deserved, decimal? Limit, decimal Allocated, decimal NonPreemptible, IReadOnlyList<NodeCapacity>? Nodes);
