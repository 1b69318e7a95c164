using System.Management.Automation;
using RunAi.ControlPlane;
using RunAi.Measuring;
using RunAi.PowerShell.Binding;
using RunAi.Wording;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Reads what was measured of workloads, or of their pods, over time: one object for each number.</para>
/// <para type="description">Utilisation is in percent, memory in bytes, CPU in cores; each object names its unit. Where nothing was
/// measured there is no object: while no pod ran, or where the cluster's metrics store has lost a series, which is warned of.</para>
/// </summary>
/// <example>
/// <para>Read what was measured</para>
/// <code test="emulator">Get-RunAiWorkloadMetric runai-train-4g7c2h9k</code>
/// <para>Numbers for GPU, GPU memory, CPU and memory come back, each with its time and unit.</para>
/// </example>
/// <example>
/// <para>Compute mean and peak of the GPU's use</para>
/// <code test="emulator">$run | Get-RunAiWorkloadMetric -Type GPU_UTILIZATION -Samples 500 | Measure-Object Value -Average -Maximum</code>
/// <para>Average and maximum of up to 500 samples come back, in percent.</para>
/// </example>
/// <example>
/// <para>Look at each GPU of each pod</para>
/// <code test="emulator">Get-RunAiWorkload -Phase Running | Get-RunAiWorkloadMetric -PerPod -Type GPU_UTILIZATION_PER_GPU -Start (Get-Date).AddMinutes(-10)</code>
/// <para>Numbers of the last ten minutes come back, with pod and GPU.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "RunAiWorkloadMetric")]
[OutputType(typeof(WorkloadMetric))]
public sealed class GetWorkloadMetricCommand : WorkloadCommand
{
    /// <summary>
    /// <para type="description">What to read, by the API's names; GPU_UTILIZATION, GPU_MEMORY_USAGE_BYTES, CPU_USAGE_CORES and
    /// CPU_MEMORY_USAGE_BYTES by default.</para>
    /// </summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(MetricTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Type { get; set; } = [.. MetricTypes.Usual];

    /// <summary>
    /// <para type="description">The pod to read of, also that of a pod from the pipeline; the whole workload when it is left out.</para>
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? PodId { get; set; }

    /// <summary>
    /// <para type="description">Read of each pod that the workload has, which also knows the types for each GPU device.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter PerPod { get; set; }

    /// <summary><para type="description">The beginning of the span of time; the workload's creation by default.</para></summary>
    [Parameter]
    public DateTimeOffset? Start { get; set; }

    /// <summary><para type="description">The end of the span of time; the workload's end, or now, by default.</para></summary>
    [Parameter]
    public DateTimeOffset? End { get; set; }

    /// <summary><para type="description">How many moments of the span to look at, at most 1000; 100 by default.</para></summary>
    [Parameter]
    [ValidateRange(1, ControlPlaneClient.MostSamples)]
    [InvariantNumber(Whole = true)]
    public int Samples { get; set; } = 100;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        string[] known = [.. MetricTypes.OfWorkloads.Union(MetricTypes.OfPods)];
        Type = [.. Type.Select(type => type.ToUpperInvariant())];
        foreach (var type in Type.Where(text => !known.Contains(text) && !text.StartsWith("NIM_", StringComparison.Ordinal)))
        {
            WriteWarning($"'{type}' is no metric that this version knows. {Suggestion.For(type, known)}");
        }
    }

    private protected override void ProcessWorkload(WorkloadIdentity identity) =>
        AwaitConnected(async (connection, context, token) =>
        {
            var client = connection.Client;
            var id = await connection.WorkloadIdAsync(identity.Id, identity.Text, token).ConfigureAwait(false);
            var workload = await client.GetWorkloadAsync(id, token).ConfigureAwait(false);
            var reader = new MetricReader(client);
            var (start, end) = reader.Span(workload, Start, End);
            string?[] places = PerPod
                ? [.. (await client.ListPodsAsync(id, int.MaxValue, token).ConfigureAwait(false)).Select(pod => pod.Id)]
                : [string.IsNullOrEmpty(PodId) ? null : PodId];
            foreach (var pod in places)
            {
                var read = await reader.ReadAsync(id, pod, new MetricQuery(Type, start, end, Samples), token).ConfigureAwait(false);
                await context.Pump.CallAsync(() => WriteObject(read, enumerateCollection: true)).ConfigureAwait(false);
            }

            return true;
        });
}
