using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace RunAi.Benchmarks;

/// <summary>
/// Runs benchmarks: <c>dotnet run -c Release --project tests/Benchmarks -- --filter '*'</c>. Each class holds two ways of doing one thing, the
/// other one marked as the baseline, so that the column Ratio tells what the numbers of one run mean. <c>-- waiting</c> runs
/// <see cref="Waiting.WaitingReport"/> instead, <c>-- submit</c> <see cref="Submission.SubmitReport"/>, <c>-- start</c> <see cref="StepRunner.StartReport"/>.
/// </summary>
internal static class Program
{
    private static async Task Main(string[] arguments)
    {
        if (arguments is ["waiting", .. var rest])
        {
            await Waiting.WaitingReport.RunAsync(rest);
            return;
        }

        if (arguments is ["submit", .. var processes])
        {
            Submission.SubmitReport.Run(processes);
            return;
        }

        if (arguments is ["start", .. var count])
        {
            StepRunner.StartReport.Run(count);
            return;
        }

        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(
            arguments,
            DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).AsDefault()));
    }
}
