using RunAi.RunManifest;

namespace RunAi.StepRunner.Tests;

public sealed class ManifestTests
{
    public static TheoryData<string> All => Runners.All;

    [Theory, MemberData(nameof(All))]
    public async Task Start_NoManifestIsNamed_Is64(string runner)
    {
        await using var run = await Scenario.CreateAsync(runner, "true");
        run.Environment["RUNAI_MANIFEST"] = "";
        Assert.Equal(
            (64, "step-runner: RUNAI_MANIFEST is not set. It holds the address of the run's manifest.\n"), await EndAsync(run.Start()));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Start_HasArguments_Is64(string runner)
    {
        using var folder = new TemporaryFolder();
        var process = RunnerProcess.Start(Runners.PathOf(runner), ["run"], new Dictionary<string, string>(), folder.Location);
        Assert.Equal((64, "step-runner: it takes no arguments; the variable RUNAI_MANIFEST says what to run.\n"), await EndAsync(process));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Start_ManifestIsNotThere_Is69(string runner)
    {
        await using var run = await Scenario.CreateAsync(runner, "true");
        var (code, errors) = await EndAsync(run.StartPrepared());
        Assert.Equal(69, code);
        Assert.Contains("There is no manifest at http://127.0.0.1:", errors, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Start_AddressHasExpired_Is69AndSaysSo(string runner)
    {
        await using var run = await Scenario.CreateAsync(runner, "true");
        run.Store.Fault = Faults.Status("GET", "manifest", 403);
        var (code, errors) = await EndAsync(run.Start());
        Assert.Equal(69, code);
        Assert.Contains("most likely expired", errors, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Start_StoreStaysAway_Is69AfterItsPatience(string runner)
    {
        await using var run = await Scenario.CreateAsync(runner, "true");
        run.Store.Fault = Faults.Status("GET", "manifest", 503);
        run.Environment["RUNAI_STORE_PATIENCE"] = "0.5";
        var (code, errors) = await EndAsync(run.Start());
        Assert.Equal(69, code);
        Assert.Contains("answers 503", errors, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Start_StoreIsAwayAtFirst_TriesAgain(string runner)
    {
        await using var run = await Scenario.CreateAsync(runner, "true");
        run.Store.Fault = Faults.Status("GET", "manifest", 503, times: 2);
        Assert.Equal((0, ""), await EndAsync(run.Start()));
        Assert.Equal(3, run.Store.Count("GET manifest"));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Start_ManifestIsOfALaterVersion_Is65AndNamesBoth(string runner)
    {
        await using var run = await Scenario.CreateAsync(runner, "true");
        run.Manifest.Version = Manifest.CurrentVersion + 1;
        var (code, errors) = await EndAsync(run.Start());
        Assert.Equal(65, code);
        Assert.Contains("has version 3; this runner understands 2", errors, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Start_ManifestIsNonsense_Is65(string runner)
    {
        await using var run = await Scenario.CreateAsync(runner, "true");
        const string Places = """
            "result":{"put":"p"},"log":{"head":{"get":"h","put":"h"}}
            """;
        foreach (var (text, said) in new[]
        {
            ("", "is not valid"), ("<html>", "is not valid: line 1 "), ("[1]", "is not valid"), ("""{"inputs":null}""", "is not valid"),
            ("null", "has no content"), ("{}", "names no command"),
            ("""{"command":["x"],"log":{"head":{"get":"h","put":"h"}}}""", "no place for the log or the result"),
            ("""{"command":["x"],"result":{"put":"p"}}""", "no place for the log or the result"),
            ($$"""{"command":["x"],{{Places}},"inputs":[{"name":".."}]}""", "the name .., which"),
            ($$"""{"command":["x"],{{Places}},"inputs":[{"name":"a","fileName":"../b"}]}""", "the name ../b, which"),
            ($$"""{"command":["x"],{{Places}},"outputs":[{"name":"a/b"}]}""", "the name a/b, which"),
        })
        {
            run.Store.Objects["manifest"] = System.Text.Encoding.UTF8.GetBytes(text);
            var (code, errors) = await EndAsync(run.StartPrepared());
            Assert.True(code == 65 && errors.Contains(said, StringComparison.Ordinal), $"{text}: {code}: {errors}");
        }
    }

    [Theory, MemberData(nameof(All))]
    public async Task Home_NamedOneCannotBeWrittenTo_Is73AndWritesTheResult(string runner)
    {
        await using var run = await Scenario.CreateAsync(runner, "true");
        await File.WriteAllTextAsync(run.Temporary["file"], "");
        run.Environment["RUNAI_HOME"] = run.Temporary["file/home"];
        Assert.Equal(73, (await run.RunAsync()).ExitCode);
        Assert.Equal(RunOutcome.NotStarted, run.Result.Outcome);
        Assert.Contains(
            $"The folder {run.Temporary["file/home"]} of RUNAI_HOME cannot be written to: ", run.Result.Message, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Errors)> EndAsync(RunnerProcess process)
    {
        await process.EndAsync();
        Assert.Equal("", process.Output);
        return (process.ExitCode, process.Errors);
    }
}
