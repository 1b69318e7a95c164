using System.Globalization;
using Microsoft.AspNetCore.Http;
using RunAi.RunManifest;

namespace RunAi.StepRunner.Tests;

/// <summary>The store goes away, or its addresses expire, while the command runs.</summary>
public sealed class OutageTests
{
    private const int ManySegments = 400;
    private const int RefusalsUntilGivenUp = 3;

    public static TheoryData<string> All => Runners.All;

    [Theory, MemberData(nameof(All))]
    public async Task Outage_AllAddressesExpire_TheCommandGoesOnAndItsExitCodeIsKept(string runner)
    {
        // It goes on until the log is given up, and then grows beyond what the runner keeps.
        await using var run = await Scenario.ShellAsync(
            runner,
            "echo 1 > {{checkpoint}}/n; i=0; until [ -e refused ]; do seq 1 100; i=$((i+1)); sleep 0.05; done; "
            + "for more in $(seq 40); do seq 1 100; i=$((i+1)); sleep 0.02; done; echo $i > rounds; touch {{outputs.model}}; exit 7");
        run.AddCheckpoint();
        run.AddOutput("model");
        UseManySegments(run, 1000);
        var refusals = 0;
        run.Store.Fault = context =>
        {
            var expired = Expired(context, from: "PUT");
            if (context.Request.Path.StartsWithSegments("/log", StringComparison.Ordinal)
                && Interlocked.Increment(ref refusals) == RefusalsUntilGivenUp)
            {
                File.WriteAllText(run.Temporary["refused"], "");
            }

            return expired;
        };
        var process = await run.RunAsync();
        var rounds = int.Parse(await File.ReadAllTextAsync(run.Temporary["rounds"]), CultureInfo.InvariantCulture);
        Assert.Equal((7, rounds * 100, false), (process.ExitCode, process.Output.Count(c => c == '\n'), run.HasResult));
        Assert.Contains("The log is stored no further", process.Errors, StringComparison.Ordinal);
        Assert.Contains("The checkpoint could not be saved", process.Errors, StringComparison.Ordinal);
        Assert.Contains($"The result ({RunOutcome.Failed}, exit code 7) could not be stored", process.Errors, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Outage_OutputsAddressExpires_Is74AndTheResultSaysWhy(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "echo x > {{outputs.model}}");
        run.AddOutput("model");
        run.Store.Fault = Faults.Status("PUT", "outputs/model/0", 403);
        Assert.Equal(74, (await run.RunAsync()).ExitCode);
        Assert.Equal((RunOutcome.OutputFailed, 0), (run.Result.Outcome, run.Result.ExitCode));
        Assert.Contains("expired", run.Result.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Outage_LogGrowsMeanwhile_MemoryDoesNotAndTheLossIsCounted(string runner)
    {
        // 200 MB of log; its end is when the most memory of the runner, the command's parent, is known.
        await using var run = await Scenario.ShellAsync(
            runner, "yes $(head -c 1000 /dev/zero | tr '\\0' x) | head -c 200000000 >&2; grep VmHWM /proc/$PPID/status > peak; mv peak "
                + "known; echo last");
        UseManySegments(run, 256 << 10);
        run.Manifest.Command = ["/bin/sh", "-c", $"exec 2>&1; {run.Manifest.Command[2]}"];
        var known = run.Temporary["known"];
        run.Store.Fault = context => Faults.AwayWhile(() => context.Request.Method == "PUT" && !File.Exists(known))(context);
        var process = await run.RunAsync();
        Assert.Equal((0, RunOutcome.Succeeded), (process.ExitCode, run.Result.Outcome));
        Assert.EndsWith("xlast\n", process.Output[^1000..], StringComparison.Ordinal);
        var peak = int.Parse(
            new string([.. (await File.ReadAllTextAsync(known)).Where(char.IsAsciiDigit)]),
            CultureInfo.InvariantCulture);
        Assert.InRange(peak, 1000, 180_000);
        Assert.Contains(run.Log(), l => l.Stream == "runner" && l.Text.Contains("The store was away: ", StringComparison.Ordinal));
    }

    private static void UseManySegments(Scenario run, long size)
    {
        run.Manifest.Log.SegmentSize = size;
        run.Manifest.Log.Segments = [.. Enumerable.Range(0, ManySegments).Select(i => run.Address($"log/{i}"))];
    }

    private static Task<bool> Expired(HttpContext context, string from)
    {
        var expired = context.Request.Method == from;
        context.Response.StatusCode = expired ? StatusCodes.Status403Forbidden : context.Response.StatusCode;
        return Task.FromResult(expired);
    }
}
