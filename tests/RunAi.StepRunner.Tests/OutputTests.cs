using System.Security.Cryptography;
using RunAi.RunManifest;

namespace RunAi.StepRunner.Tests;

public sealed class OutputTests
{
    public static TheoryData<string> All => Runners.All;

    [Theory, MemberData(nameof(All))]
    public async Task Publish_FileLargerThanAPart_GoesOutInParts(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "cat $RUNAI_INPUT_DATA > $RUNAI_OUTPUT_MODEL");
        var content = RandomNumberGenerator.GetBytes((5 << 20) + 7);
        run.AddInput("data", content, "data");
        run.AddOutput("model", partSize: 2 << 20, parts: 5);
        Assert.Equal(0, (await run.RunAsync()).ExitCode);
        var descriptor = run.Descriptor("model");
        Assert.Equal(content, run.Published("model"));
        Assert.Equal(new long[] { 2 << 20, 2 << 20, (1 << 20) + 7 }, descriptor.Parts.Select(p => p.Size));
        Assert.Equal(
            ("model", Scenario.DigestOf(content), (long)content.Length, ArtifactDescriptor.FileMediaType),
            (descriptor.Name, descriptor.Digest, descriptor.Size, descriptor.MediaType));
        Assert.Equal(descriptor.Digest, Assert.Single(run.Result.Outputs).Digest);
        Assert.Equal(
            ["PUT outputs/model/artifact.json", "PUT result"],
            run.Store.Requests.Where(r => r.EndsWith("json", StringComparison.Ordinal) || r == "PUT result"));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Publish_Folder_IsATarStreamThatOthersRead(string runner)
    {
        var longName = new string('n', 120);
        await using var run = await Scenario.ShellAsync(
            runner,
            "mkdir -p {{outputs.model}}/sub/empty && cd {{outputs.model}} && printf w > sub/weights && printf x > 'ü' && ln -s "
            + $"sub/weights link && mkfifo pipe && printf l > sub/{longName} && head -c 700 /dev/zero > zeros && chmod 750 zeros");
        run.AddOutput("model", partSize: 1000, parts: 20);
        Assert.Equal(0, (await run.RunAsync()).ExitCode);
        var tar = run.Published("model");
        Assert.Equal((Scenario.DigestOf(tar), (long)tar.Length), (run.Descriptor("model").Digest, run.Descriptor("model").Size));
        var unpacked = Path.Combine(run.Folder, "unpacked");
        Assert.Equal(
            ["link", "sub", "sub/empty", $"sub/{longName}", "sub/weights", "zeros", "ü"],
            Tar.Extract(tar, unpacked));
        Assert.Equal("w", await File.ReadAllTextAsync(Path.Combine(unpacked, "link")));
        Assert.Equal("l", await File.ReadAllTextAsync(Path.Combine(unpacked, "sub", longName)));
        Assert.Equal(700, new FileInfo(Path.Combine(unpacked, "zeros")).Length);
        Assert.Equal((UnixFileMode)0b111_101_000, File.GetUnixFileMode(Path.Combine(unpacked, "zeros")));
        Assert.Equal(ArtifactDescriptor.FolderMediaType, run.Descriptor("model").MediaType);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Publish_LinksInside_BecomeRelative_AndThoseThatLeadOutCostNothingOfTheRest(string runner)
    {
        await using var run = await Scenario.ShellAsync(
            runner,
            "mkdir -p $RUNAI_OUTPUT_MODEL/a/b && cd $RUNAI_OUTPUT_MODEL && printf 1 > epoch_1.pth && ln -s $PWD/epoch_1.pth latest.pth && "
            + "ln -s $PWD/epoch_1.pth a/b/deep && ln -s ../../../model/epoch_1.pth a/b/around && ln -s /etc/hostname out && ln -s "
            + "../../other up && ln -s a/b kept");
        run.AddOutput("model", parts: 4);

        var process = await run.RunAsync();

        Assert.Equal((0, RunOutcome.Succeeded), (process.ExitCode, run.Result.Outcome));
        var unpacked = Path.Combine(run.Folder, "unpacked");
        Assert.Equal(
            ["a", "a/b", "a/b/around", "a/b/deep", "epoch_1.pth", "kept", "kept/around", "kept/deep", "latest.pth"],
            Tar.Extract(run.Published("model"), unpacked));
        Assert.Equal(
            ("epoch_1.pth", "../../epoch_1.pth", "../../epoch_1.pth", "a/b"),
            (Target("latest.pth"), Target("a/b/deep"), Target("a/b/around"), Target("kept")));
        Assert.Equal(2, run.Result.Warnings.Length);
        Assert.Contains("Output model: out is left out: it is a link to /etc/hostname", run.Result.Warnings[0], StringComparison.Ordinal);
        Assert.Contains(run.Log(), line => line.Stream == "runner" && line.Text.Contains("up is left out", StringComparison.Ordinal));

        string? Target(string name) => new FileInfo(Path.Combine(unpacked, name)).LinkTarget;
    }

    [Theory, MemberData(nameof(All))]
    public async Task Publish_NamesThatAreNotUtf8_AreReported_AndTheRestIsKept(string runner)
    {
        await using var run = await Scenario.ShellAsync(
            runner, "mkdir -p $RUNAI_OUTPUT_MODEL && cd $RUNAI_OUTPUT_MODEL && printf 1 > kept && printf 2 > $(printf 'caf\\351') && mkdir "
                + "$(printf 'dir\\377') && printf 3 > 'caf\u00e9'");
        run.AddOutput("model");

        Assert.Equal(0, (await run.RunAsync()).ExitCode);

        Assert.Equal(
            ["café", "kept"], Tar.Extract(run.Published("model"), Path.Combine(run.Folder, "unpacked")).Order(StringComparer.Ordinal));
        Assert.Equal(2, run.Result.Warnings.Length);
        Assert.All(run.Result.Warnings, warning => Assert.Contains("its name is not UTF-8", warning, StringComparison.Ordinal));

        // The framework cannot remove what it cannot name.
        using var removal = System.Diagnostics.Process.Start("rm", ["-rf", run.Home]);
        await removal.WaitForExitAsync();
    }

    [Theory, MemberData(nameof(All))]
    public async Task Publish_FolderOfOneRun_IsAnInputOfTheNext(string runner)
    {
        await using var first = await Scenario.ShellAsync(runner, "mkdir -p $RUNAI_OUTPUT_MODEL/a && echo deep > $RUNAI_OUTPUT_MODEL/a/b");
        first.AddOutput("model");
        await first.RunAsync();
        await using var second = await Scenario.ShellAsync(runner, "cat $RUNAI_INPUT_MODEL/a/b");
        second.AddInput("model", first.Published("model"), fileName: null);
        Assert.Equal("deep\n", (await second.RunAsync()).Output);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Publish_ConnectionIsCut_SendsThePartAgainWithTheRightDigest(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "mkdir $RUNAI_OUTPUT_MODEL; cat $RUNAI_INPUT_DATA > $RUNAI_OUTPUT_MODEL/w");
        run.AddInput("data", RandomNumberGenerator.GetBytes(3 << 20), "data");
        run.AddOutput("model", partSize: 2 << 20);
        run.Store.Fault = Faults.CutWhileSent("outputs/model/1", bytes: 300_000, times: 2);
        Assert.Equal(0, (await run.RunAsync()).ExitCode);
        Assert.Equal(Scenario.DigestOf(run.Published("model")), run.Descriptor("model").Digest);
        Assert.Equal((1, 3), (run.Store.Count("PUT outputs/model/0"), run.Store.Count("PUT outputs/model/1")));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Publish_OutputIsMissing_Is74ThoughTheCommandSucceeded(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "true");
        run.AddOutput("model");
        Assert.Equal(74, (await run.RunAsync()).ExitCode);
        Assert.Equal((RunOutcome.OutputFailed, 0), (run.Result.Outcome, run.Result.ExitCode));
        Assert.Contains("model", run.Result.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Publish_MoreThanTheAddressesHold_SaysHowMuchMayBeStored(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "head -c 300 /dev/zero > $RUNAI_OUTPUT_MODEL");
        run.AddOutput("model", partSize: 100, parts: 2);
        Assert.Equal(74, (await run.RunAsync()).ExitCode);
        Assert.Contains("200", run.Result.Message, StringComparison.Ordinal);
        Assert.Equal(0, run.Store.Count("PUT outputs/model/0"));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Publish_CommandFails_PublishesNothing(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "touch $RUNAI_OUTPUT_MODEL; exit 2");
        run.AddOutput("model");
        Assert.Equal(2, (await run.RunAsync()).ExitCode);
        Assert.Empty(run.Result.Outputs);
        Assert.Equal(0, run.Store.Count("PUT outputs/model/0"));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Publish_CommandFails_StillPublishesWhatIsAlwaysWanted(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "printf why > $RUNAI_OUTPUT_REPORT; touch $RUNAI_OUTPUT_MODEL; exit 2");
        run.AddOutput("model");
        run.AddOutput("report");
        run.AddOutput("absent");
        run.Manifest.Outputs[1].Always = run.Manifest.Outputs[2].Always = true;
        Assert.Equal(2, (await run.RunAsync()).ExitCode);
        Assert.Equal((RunOutcome.Failed, 2, "report"), (run.Result.Outcome, run.Result.ExitCode, Assert.Single(run.Result.Outputs).Name));
        Assert.Equal("why"u8.ToArray(), run.Published("report"));
        Assert.Equal(0, run.Store.Count("PUT outputs/model/0"));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Publish_CommandFails_AndTheStoreToo_TheCommandsFailureCounts(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "printf why > $RUNAI_OUTPUT_REPORT; exit 2");
        run.AddOutput("report");
        run.Manifest.Outputs[0].Always = true;
        run.Environment["RUNAI_STORE_PATIENCE"] = "0.5";
        run.Store.Fault = Faults.Status("PUT", "outputs/report/0", 503);
        Assert.Equal(2, (await run.RunAsync()).ExitCode);
        Assert.Equal((RunOutcome.Failed, 2), (run.Result.Outcome, run.Result.ExitCode));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Result_CannotBeStored_TheExitCodeIsTheCommands(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "exit 7");
        run.Environment["RUNAI_STORE_PATIENCE"] = "0.5";
        run.Store.Fault = Faults.Status("PUT", "result", 503);
        var process = await run.RunAsync();
        Assert.Equal((7, false), (process.ExitCode, run.HasResult));
        Assert.Contains("could not be stored", process.Errors, StringComparison.Ordinal);
    }
}
