using System.Formats.Tar;
using System.Security.Cryptography;
using RunAi.RunManifest;

namespace RunAi.StepRunner.Tests;

public sealed class InputTests
{
    public static TheoryData<string> All => Runners.All;

    [Theory, MemberData(nameof(All))]
    public async Task Fetch_LargeFileInParts_ArrivesWhole(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "sha256sum < $RUNAI_INPUT_DATA");
        var content = RandomNumberGenerator.GetBytes((9 << 20) + 1);
        run.AddInput("data", content, "data.bin", parts: 2);
        Assert.Equal($"{Scenario.DigestOf(content)["sha256:".Length..]}  -\n", (await run.RunAsync()).Output);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Fetch_EmptyFile_ArrivesEmpty(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "wc -c < $RUNAI_INPUT_DATA");
        run.AddInput("data", [], "data.bin");
        Assert.Equal("0", (await run.RunAsync()).Output.Trim());
    }

    [Theory, MemberData(nameof(All))]
    public async Task Fetch_Folder_IsUnpackedWithModesAndLinks(string runner)
    {
        await using var run = await Scenario.ShellAsync(
            runner, "cd {{inputs.data}} && ./sub/run && cat link 'ü x' hard && stat -c %a closed");
        run.AddInput("data", Tar.Of(
            Tar.Folder("./", UnixFileMode.UserRead | UnixFileMode.UserExecute),
            Tar.Folder("closed/", UnixFileMode.UserRead | UnixFileMode.UserExecute),
            Tar.File("closed/inner", "i"),
            Tar.File("sub/run", "#!/bin/sh\necho ran\n", UnixFileMode.UserRead | UnixFileMode.UserExecute),
            Tar.File("ü x", "second\n"),
            Tar.Link("link", "ü x"),
            Tar.Link("hard", "ü x", TarEntryType.HardLink)), fileName: null);
        Assert.Equal("ran\nsecond\nsecond\nsecond\n500\n", (await run.RunAsync()).Output);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Fetch_ConnectionIsCut_GoesOnWhereItEnded(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "sha256sum < $RUNAI_INPUT_DATA");
        var content = RandomNumberGenerator.GetBytes(3 << 20);
        run.AddInput("data", content, "data.bin");
        run.Store.Fault = Faults.CutAfter(run.Store, "inputs/data/0", bytes: 1 << 20, times: 2);
        Assert.Equal($"{Scenario.DigestOf(content)["sha256:".Length..]}  -\n", (await run.RunAsync()).Output);
        Assert.Equal(3, run.Store.Count("GET inputs/data/0"));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Fetch_StoreIsAwayForAWhile_WaitsForIt(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "cat $RUNAI_INPUT_DATA");
        run.AddInput("data", "hello"u8.ToArray(), "data.txt");
        var requests = 0;
        run.Store.Fault = Faults.AwayWhile(() => Interlocked.Increment(ref requests) is > 1 and < 8);
        Assert.Equal((0, "hello"), ((await run.RunAsync()) is var p ? p.ExitCode : 0, p.Output));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Fetch_OtherBytesThanTheDigestSays_FailsAndStartsNothing(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "echo never");
        run.AddInput("data", "hello"u8.ToArray(), "data.txt");
        run.Store.Objects["inputs/data/0"] = "jello"u8.ToArray();
        var process = await run.RunAsync();
        Assert.Equal((66, "", RunOutcome.InputFailed), (process.ExitCode, process.Output, run.Result.Outcome));
        Assert.Contains("digest", run.Result.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(run.Home, "inputs", "data")));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Fetch_AddressHasExpired_SaysSoWithoutTryingForLong(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "echo never");
        run.AddInput("data", "hello"u8.ToArray(), "data.txt");
        run.Environment["RUNAI_STORE_PATIENCE"] = "300";
        run.Store.Fault = Faults.Status("GET", "inputs/data/0", 403);
        Assert.Equal(66, (await run.RunAsync()).ExitCode);
        Assert.Contains("expired", run.Result.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Fetch_LaterStartInTheSameHome_FetchesNothingAgain(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "cat $RUNAI_INPUT_DATA; exit 1");
        run.AddInput("data", "hello"u8.ToArray(), "data.txt");
        await run.RunAsync();
        Assert.Equal("hello", (await run.RunAsync()).Output);
        Assert.Equal(1, run.Store.Count("GET inputs/data/0"));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Fetch_FolderThatWantsOut_IsRefused(string runner)
    {
        TarEntry[][] evil =
        [
            [Tar.File("../out", "x")],
            [Tar.File("/out", "x")],
            [Tar.Link("sub", "/tmp"), Tar.File("sub/runai-evil", "x")],
            [Tar.Link("file", "../out"), Tar.File("file", "x")],
            [Tar.Link("hard", "../out", TarEntryType.HardLink)],
        ];
        foreach (var entries in evil)
        {
            await using var run = await Scenario.ShellAsync(runner, "echo never");
            run.AddInput("data", Tar.Of(entries), fileName: null);
            Assert.Equal(66, (await run.RunAsync()).ExitCode);
            Assert.False(File.Exists(Path.Combine(run.Home, "inputs", "out")) || File.Exists(Path.Combine(run.Home, ".state", "out"))
                || File.Exists("/out") || File.Exists("/tmp/runai-evil"));
        }
    }
}
