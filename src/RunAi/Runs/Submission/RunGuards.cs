using Newtonsoft.Json.Linq;
using RunAi.Measuring;

namespace RunAi.Runs;

/// <summary>What a run may use of GPUs, as its record keeps it.</summary>
/// <param name="MaxGpuHours">The most GPU hours of all attempts; null for no limit.</param>
/// <param name="IdleBelow">The percentage of use below which its GPUs are idle; null for no limit.</param>
/// <param name="IdleFor">How long they may be idle; null for no limit.</param>
/// <param name="GpuTime">The running time in which <paramref name="MaxGpuHours"/> are used up; null where the request does not tell the
/// share of GPUs.</param>
internal sealed record RunGuards(double? MaxGpuHours, double? IdleBelow, TimeSpan? IdleFor, TimeSpan? GpuTime)
{
    /// <summary>The guards of a step; null for none.</summary>
    /// <param name="settings">The settings that hold for it.</param>
    /// <param name="body">The request.</param>
    public static RunGuards? Of(StepSettings settings, JObject body) => settings.MaxGpuHours is null && settings.StopWhenIdle is null
        ? null
        : new RunGuards(
            settings.MaxGpuHours, settings.StopWhenIdle?.Below, settings.StopWhenIdle?.For, GpuTimeOf(settings.MaxGpuHours, body));

    /// <summary>
    /// Of one pod whose share is asked for by devices or portions. Of several pods, or memory of a device, only the control plane knows it.
    /// </summary>
    private static TimeSpan? GpuTimeOf(double? hours, JObject body)
    {
        var request = PodRequest.Of(body["spec"] as JObject);
        var isOnePod = body["masterSpec"] is null && body["spec"]?["numWorkers"] is null && (int?)body["spec"]?["parallelism"] is null or 1;
        var gpus = request.GpuDevices * request.GpuPortion;
        return hours is { } most && isOnePod && !request.ByGpuMemory && gpus > 0
            ? TimeSpan.FromSeconds(Math.Min(most / gpus * 3600, MostSeconds))
            : null;
    }

    private const double MostSeconds = 3e10;
}
