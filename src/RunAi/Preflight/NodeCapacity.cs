namespace RunAi.Preflight;

/// <summary>A node that takes work: its GPUs, and what is free of them as far as the metrics store tells.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Gpus">How many devices it has.</param>
/// <param name="Free">How many are free, parts counted; null when nobody tells.</param>
/// <param name="DeviceBytes">The memory of each device; null when nobody tells.</param>
internal sealed record NodeCapacity(string Name, int Gpus, decimal? Free, decimal? DeviceBytes);
