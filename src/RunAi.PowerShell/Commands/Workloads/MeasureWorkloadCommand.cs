using System.Management.Automation;
using RunAi.ControlPlane;
using RunAi.Measuring;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Sets what workloads asked for against what they used, and says what to ask for next time.</para>
/// <para type="description">GPU hours are GPUs held times the hours they were held; the idle share is the part of the time in which the
/// GPUs were less than 1 percent busy. SuggestedSettings hold the most that was seen in one pod and 20 percent, rounded up: GPU portions to
/// 0.05, GPU memory to 256 MiB, CPU cores to 0.1, memory to 64 MiB, with 50 percent more for memory that came near its limit. A portion is
/// never below the share of a device that was busy. What was not measured is named in Missing, and not suggested. Peaks between two samples
/// are not seen.</para>
/// </summary>
/// <example>
/// <para>Measure what several runs used</para>
/// <code test="emulator">Get-RunAiWorkload runai-train-* | Measure-RunAiWorkload</code>
/// <para>One object comes back for each workload, with GPU hours, idle share, peaks and suggested settings.</para>
/// </example>
/// <example>
/// <para>Ask for what the last run needed</para>
/// <code test="emulator">$usage = Invoke-RunAiStep train -Image busybox -Command train | Measure-RunAiWorkload; Submit-RunAiStep train -Image busybox -Command train -Settings $usage.SuggestedSettings</code>
/// <para>The run of the second submission comes back. It asks for what the first one used, and a fifth more.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Measure, "RunAiWorkload")]
[OutputType(typeof(WorkloadUsage))]
public sealed class MeasureWorkloadCommand : WorkloadCommand
{
    /// <summary><para type="description">How many moments of the workload's life to look at, at most 1000; 500 by default.</para></summary>
    [Parameter]
    [ValidateRange(1, ControlPlaneClient.MostSamples)]
    [InvariantNumber(Whole = true)]
    public int Samples { get; set; } = 500;

    private protected override void ProcessWorkload(WorkloadIdentity identity) =>
        WriteObject(AwaitConnected(async (connection, _, token) =>
        {
            var id = await connection.WorkloadIdAsync(identity.Id, identity.Text, token).ConfigureAwait(false);
            return await new UsageMeter(connection) { IsAscii = !ConsoleText.ShowsUnicode }
                .MeasureAsync(id, Samples, token).ConfigureAwait(false);
        }));
}
