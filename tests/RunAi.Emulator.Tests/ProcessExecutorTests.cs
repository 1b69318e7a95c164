using System.Diagnostics;
using System.Text.Json.Nodes;

namespace RunAi.Emulator.Tests;

public class ProcessExecutorTests
{
    [Fact]
    public async Task Command_WithArgs_RunsAsOneLineOfWords()
    {
        await using var emulator = await TestEmulator.ProcessAsync();
        var id = await emulator.SubmitAsync("one", """{"command":"printf '%s|'","args":"a 'b c' \"d $HOME\" e\\ f"}""");

        await emulator.ReachesAsync(id, "Completed");

        Assert.Equal("a|b c|d $HOME|e f|\n", await LogAsync(emulator, id));
    }

    [Fact]
    public async Task Environment_OfAProcess_IsTheSpecsPlusPathAndHome()
    {
        Environment.SetEnvironmentVariable("EMULATORS_OWN", "leaked");
        var seed = TestEmulator.Quick with
        {
            Secrets = new Dictionary<string, IReadOnlyDictionary<string, string>>
            {
                ["s"] = new Dictionary<string, string> { ["k"] = "hidden" },
            },
        };
        await using var emulator = await TestEmulator.ProcessAsync(seed);
        const string Spec = """
            {"command":"env","environmentVariables":[{"name":"A","value":"x y"},{"name":"S","secret":{"name":"s","key":"k"}},
             {"name":"POD","podFieldRef":{"path":"metadata.name"}}]}
            """;
        var id = await emulator.SubmitAsync("one", Spec);

        await emulator.ReachesAsync(id, "Completed");

        var variables = (await LogAsync(emulator, id)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(
                line => line[..line.IndexOf('=', StringComparison.Ordinal)],
                line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        Assert.Equal(["A", "HOME", "PATH", "POD", "S"], variables.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("x y", "hidden", "one-0"), (variables["A"], variables["S"], variables["POD"]));
    }

    [Theory]
    [InlineData("""{"command":"sh -c 'exit 7'","backoffLimit":0}""", "exit code 7")]
    [InlineData("""{"command":"sh -c 'kill -9 $$'","backoffLimit":0}""", "exit code 137")]
    [InlineData("""{"command":"no-such-program","backoffLimit":0}""", "exit code")]
    [InlineData("""{"command":"echo 'open","backoffLimit":0}""", "a quote ' is not closed")]
    [InlineData("""{"backoffLimit":0}""", "neither command nor args")]
    [InlineData(
        """{"command":"env","backoffLimit":0,"environmentVariables":[{"name":"S","secret":{"name":"absent","key":"k"}}]}""",
        "secret \"absent\" not found")]
    public async Task Failure_OfAProcess_IsNamedInThePhaseMessage(string spec, string expected)
    {
        await using var emulator = await TestEmulator.ProcessAsync();
        var id = await emulator.SubmitAsync("one", spec);

        await emulator.ReachesAsync(id, "Failed");

        Assert.Contains(expected, (string?)(await emulator.WorkloadAsync(id))["phaseMessage"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_AfterAFailure_IsAFreshPodWithFreshScratch()
    {
        await using var emulator = await TestEmulator.ProcessAsync();
        var marker = Path.GetTempFileName();
        var id = await emulator.SubmitAsync(
            "one",
            $$"""{"command":"sh -c","args":"'ls; touch left; echo x >> {{marker}}; test $(wc -l < {{marker}}) -ge 3'","backoffLimit":5}""");

        await emulator.ReachesAsync(id, "Completed");

        Assert.Equal(3, ((JsonArray)(await emulator.GetAsync($"/api/v1/workloads/{id}/pods"))["pods"]!).Count);
        Assert.Equal("", await LogAsync(emulator, id));
        File.Delete(marker);
    }

    [Theory]
    [InlineData("suspend", "Stopped")]
    [InlineData("delete", "Deleting")]
    public async Task Stop_OfAProcess_AsksItThenEndsItsWholeTree(string action, string last)
    {
        await using var emulator = await TestEmulator.ProcessAsync();
        // The child ignores the request to end, so that only the kill after the grace period ends it.
        var id = await emulator.SubmitAsync("one", """
            {"command":"sh -c","args":"'trap \"echo asked\" TERM; sh -c \"trap : TERM; while :; do sleep 600 & wait; done\" & echo $! $$; while :; do wait; done'",
             "terminationGracePeriodSeconds":1}
            """);
        await emulator.ReachesAsync(id, "Running");
        var pids = (await FirstLineAsync(emulator, id)).Split(' ').Select(int.Parse).ToList();
        Assert.All(pids, pid => Assert.False(Process.GetProcessById(pid).HasExited));

        await emulator.ActAsync(id, action);
        await emulator.ReachesAsync(id, last);
        if (action == "delete")
        {
            await GoneAsync(emulator, id);
        }

        Assert.Contains("asked", await LogAsync(emulator, id), StringComparison.Ordinal);
        Assert.All(pids, pid => Assert.True(IsGone(pid), $"{pid} lives on"));
    }

    [Fact]
    public async Task Shutdown_OfTheEmulator_EndsItsProcessesAndRemovesTheirFolders()
    {
        string home;
        int pid;
        await using (var emulator = await TestEmulator.ProcessAsync())
        {
            var id = await emulator.SubmitAsync("one", """{"command":"sh -c 'echo $$ $HOME; exec sleep 600'"}""");
            await emulator.ReachesAsync(id, "Running");
            var line = (await FirstLineAsync(emulator, id)).Split(' ');
            (pid, home) = (int.Parse(line[0], System.Globalization.CultureInfo.InvariantCulture), line[1]);
            Assert.True(Directory.Exists(home));
        }

        Assert.True(IsGone(pid));
        Assert.False(Directory.Exists(home));
    }

    [Fact]
    public async Task Preemption_OfAProcess_RunsItAgainInANewPod()
    {
        var seed = TestEmulator.Quick;
        seed = seed with { Projects = [seed.Projects[0] with { Quota = [new() { NodePool = "default", Gpu = 4 }] }] };
        await using var emulator = await TestEmulator.ProcessAsync(seed);
        var low = await emulator.SubmitAsync("low", TestEmulator.Gpu(devices: 4, more: "\"command\":\"sleep 600\""));
        await emulator.ReachesAsync(low, "Running");

        var high = await emulator.SubmitAsync(
            "high", TestEmulator.Gpu(devices: 1, more: "\"command\":\"true\",\"priorityClass\":\"medium\""));
        await emulator.ReachesAsync(high, "Completed");
        await emulator.ReachesAsync(low, "Running");

        Assert.Equal(
            "low-1", (string?)Assert.Single((JsonArray)(await emulator.GetAsync($"/api/v1/workloads/{low}/pods"))["pods"]!)!["name"]);
    }

    [Fact]
    public async Task WorkingDir_ThatIsNotInTheScratchFolder_IsIgnored()
    {
        await using var emulator = await TestEmulator.ProcessAsync();
        var id = await emulator.SubmitAsync(
            "one", """{"command":"sh -c 'test $PWD = $HOME'","workingDir":"/../../etc","backoffLimit":0}""");

        await emulator.ReachesAsync(id, "Completed");

        Assert.Equal("", await LogAsync(emulator, id));
    }

    [Fact]
    public async Task Log_WithALineCount_GivesTheLastLines()
    {
        await using var emulator = await TestEmulator.ProcessAsync();
        var id = await emulator.SubmitAsync("one", """{"command":"sh -c 'for i in 1 2 3 4; do echo $i; done; echo err >&2'"}""");

        await emulator.ReachesAsync(id, "Completed");

        Assert.Equal(2, (await LogAsync(emulator, id, 2)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("err", await LogAsync(emulator, id), StringComparison.Ordinal);
    }

    private static async Task<string> LogAsync(TestEmulator emulator, string id, int lines = 100) =>
        await emulator.Bare.GetStringAsync(new Uri($"/emulator/workloads/{id}/log?lines={lines}", UriKind.Relative));

    /// <summary>Asks for the log until there is a line in it.</summary>
    private static async Task<string> FirstLineAsync(TestEmulator emulator, string id)
    {
        using var patience = new CancellationTokenSource(TestEmulator.Patience);
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            if (await LogAsync(emulator, id) is { Length: > 0 } log && log.EndsWith('\n'))
            {
                return log.Split('\n')[0];
            }
        }
    }

    private static async Task GoneAsync(TestEmulator emulator, string id)
    {
        using var patience = new CancellationTokenSource(TestEmulator.Patience);
        while ((await emulator.Client.GetAsync($"/api/v1/workloads/{id}", patience.Token)).IsSuccessStatusCode)
        {
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Gone, or a zombie that some init has yet to reap.</summary>
    private static bool IsGone(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/stat").Split(") ")[1].StartsWith('Z');
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return true;
        }
    }
}
