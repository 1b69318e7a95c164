using System.Runtime.InteropServices;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace RunAi.Benchmarks;

/// <summary>
/// Runs benchmarks: <c>dotnet run -c Release --project tests/Benchmarks -- all</c>, or one of <c>submit</c>
/// (<see cref="Submission.SubmitReport"/>), <c>log</c> (<see cref="Submission.LogReport"/>), <c>waiting</c>
/// (<see cref="Waiting.WaitingReport"/>), <c>start</c> (<see cref="StepRunner.StartReport"/>), <c>scale</c>
/// (<see cref="Scale.ScaleReport"/>, which is not part of <c>all</c>), or <c>--filter '*'</c> for the classes, each of which holds two ways
/// of doing one thing, the other one marked as the baseline, so that the column Ratio tells what the numbers of one run mean.
/// </summary>
internal static class Program
{
    private static async Task Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["submit", .. var processes]:
                Submission.SubmitReport.Run(processes);
                break;
            case ["log"]:
                Submission.LogReport.Run();
                break;
            case ["waiting", .. var rest]:
                await Waiting.WaitingReport.RunAsync(rest);
                break;
            case ["start", .. var count]:
                StepRunner.StartReport.Run(count);
                break;
            case ["scale", .. var numbers]:
                await Scale.ScaleReport.RunAsync(numbers);
                break;
            case ["all"]:
                Console.WriteLine(
                    $"{RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors, "
                    + $"{RuntimeInformation.FrameworkDescription}");
                Submission.SubmitReport.Run([]);
                Submission.LogReport.Run();
                await Waiting.WaitingReport.RunAsync([]);
                StepRunner.StartReport.Run([]);
                RunClasses(["--filter", "*"]);
                break;
            default:
                RunClasses(arguments);
                break;
        }
    }

    private static void RunClasses(string[] arguments) => BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(
        arguments,
        DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).AsDefault()));
}
