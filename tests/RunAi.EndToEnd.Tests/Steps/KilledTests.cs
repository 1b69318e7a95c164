using System.Globalization;
using System.Management.Automation;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.EndToEnd.Tests.Steps;

/// <summary>Each part of a run is killed in the middle: what is said is true, and the next try does not do again what was done.</summary>
[Collection(StepCollection.Name)]
public sealed class KilledTests(AzuriteServer azurite, CephServer ceph, StepPeers peers) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Says where it is, waits while a file of that name is there and the step runner lives, and gives back its input.</summary>
    private const string Code = """
        set -eu
        echo "before"
        echo "$PPID" > "$1/runner.new"
        busybox mv "$1/runner.new" "$1/runner"
        while [ -e "$1/hold" ] && [ -d "/proc/$PPID" ]; do busybox sleep 0.05; done
        [ -d "/proc/$PPID" ] || exit 1
        echo "after"
        busybox cp "$2" "$3"
        busybox touch "$1/done"
        """;

    private const string Step = """
        Invoke-RunAiStep killed -Source "$f/src" -BaseImage $base -Verbose -Command sh, step.sh, $f, '{{inputs.data}}', '{{outputs.copy}}' `
            -Input @{ data = "$f/data" } -Output copy -Settings @{ GpuDevicesRequest = 0; BackoffLimit = $args[0] }
        """;

    private readonly string _shared = Directory.CreateTempSubdirectory("runai-killed-").FullName;

    public void Dispose() => Directory.Delete(_shared, recursive: true);

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Runner_Killed_IsToldOrStartedAgain(int backoff)
    {
        var emulator = await peers.EmulatorAsync("process");
        using var session = Open(emulator, new ArtifactStore { Uri = "file:" + _shared }, null);
        session.Write("hold", "");
        var running = session.RunAside(Step, backoff);
        await UntilAsync(() => File.Exists(InSession(session, "runner")) && IsStored("before"), running);

        Peers.Run("kill", "-KILL", File.ReadAllText(InSession(session, "runner")).Trim());
        File.Delete(InSession(session, backoff == 0 ? "none" : "hold"));
        var first = await running;

        if (backoff == 0)
        {
            Assert.StartsWith("RunAi.WorkloadFailed,", first.TheError.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains("exit code 137", first.TheError.ToString(), StringComparison.Ordinal);
            Assert.Contains("before", StepSession.Get<IEnumerable<string>>(PSObject.AsPSObject(first.TheError.Exception), "LastLogLines"));
            Assert.DoesNotContain("The command ended", first.TheError.ToString(), StringComparison.Ordinal);
            File.Delete(InSession(session, "hold"));
        }

        var last = backoff == 0 ? session.Run(Step, 0) : first;
        Assert.Equal("Succeeded", StepSession.Get<string>(last.TheOutput, "State"));
        Assert.Equal(backoff == 0 ? 0 : 1, last.Verbose.Count(line => line.StartsWith("UPLOAD", StringComparison.Ordinal)));
        var log = session.Run("Receive-RunAiStepLog $args[0]", last.TheOutput).ThrowIfFailed().Output
            .Where(line => StepSession.Get<string>(line, "Stream") == "stdout");
        Assert.Equal(
            backoff == 0 ? ["1 before", "1 after"] : ["1 before", "2 before", "2 after"],
            log.Select(line => $"{StepSession.Get<int>(line, "Start")} {StepSession.Get<string>(line, "Text")}"));
        CheckCopy(session, last.TheOutput);
    }

    [SkippableTheory]
    [InlineData("azure")]
    [InlineData("s3")]
    public async Task Store_AwayWhileTheStepRuns_DelaysItOnly(string kind)
    {
        var emulator = await peers.EmulatorAsync("process");
        var (store, secret, port) = await StoreAsync(kind);
        using var relay = new Relay(port);
        using var session = Open(emulator, Through(relay, port, store), secret);
        session.Write("hold", "");
        var running = session.RunAside(Step, 0);
        await UntilAsync(() => File.Exists(InSession(session, "runner")), running);

        Kill(kind);
        File.Delete(InSession(session, "hold"));
        await UntilAsync(() => File.Exists(InSession(session, "done")), running);
        var refused = relay.Refused;
        await UntilAsync(() => relay.Refused > refused + 2, running);
        await StartAgainAsync(kind);

        var run = (await running).TheOutput;
        Assert.Equal(("Succeeded", 0), (StepSession.Get<string>(run, "State"), StepSession.Get<int>(run, "ExitCode")));
        var log = session.Run("Receive-RunAiStepLog $args[0]", run).ThrowIfFailed().Output;
        Assert.Equal(
            ["before", "after"],
            log.Where(line => StepSession.Get<string>(line, "Stream") == "stdout").Select(line => StepSession.Get<string>(line, "Text")));
        Assert.Equal(1, await emulator.CreatedAsync(StepSession.Get<string>(run, "WorkloadName")));
        CheckCopy(session, run);
    }

    [SkippableTheory]
    [InlineData("azure")]
    [InlineData("s3")]
    public async Task Store_KilledWhileAnInputGoesUp_IsToldAndTheNextTryGoesOn(string kind)
    {
        const int Size = 90 << 20;
        var emulator = await peers.EmulatorAsync("process");
        var (store, secret, port) = await StoreAsync(kind);
        using var relay = new Relay(port);
        using var session = Open(emulator, Through(relay, port, store), secret);
        SampleTree.WriteRandom(InSession(session, "data"), Size, seed: 5);
        var created = await emulator.CreatedAsync("runai-killed");
        var running = session.RunAside(Step, 0);

        // Parts on their way are lost with the store: only so late are enough of them in it.
        await UntilAsync(() => relay.Sent > Size / 4 * 3, running);

        Kill(kind);
        var failure = (await running).TheError;
        var before = relay.Sent;
        await StartAgainAsync(kind);
        var second = session.Run(Step, 0);

        Assert.True(
            failure.FullyQualifiedErrorId.StartsWith("RunAi.ArtifactStoreUnreachable,", StringComparison.Ordinal),
            failure.Exception.ToString());
        Assert.Contains("what was stored so far is kept", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(secret.Split(':')[^1], failure.ToString(), StringComparison.Ordinal);
        Assert.Equal("Succeeded", StepSession.Get<string>(second.TheOutput, "State"));
        Assert.Equal(created + 1, await emulator.CreatedAsync("runai-killed"));

        // What the step itself sends is its output, of the same size.
        Assert.InRange(relay.Sent - before, Size, Size + (Size * 3 / 4));
        CheckCopy(session, second.TheOutput);
    }

    [SkippableFact]
    public async Task Registry_KilledWhileCodeGoesUp_IsToldAndTheNextTrySendsTheRestOnly()
    {
        Peers.Require("docker-registry");
        var emulator = await peers.EmulatorAsync("process");
        var folder = Directory.CreateDirectory(Path.Combine(_shared, "registry")).FullName;
        using var registry = await RegistryProcess.StartAsync(folder);
        using var relay = new Relay(registry.Port);
        using var session = Open(emulator, new ArtifactStore { Uri = $"file:{_shared}/store" }, null, $"127.0.0.1:{relay.Port}/team/steps");
        var image = session.Run("Publish-RunAiStepImage \"$f/src\" -BaseImage $base -ContainerRegistry images").TheOutput;
        SampleTree.WriteRandom(InSession(session, "src/big.bin"), 60 << 20, seed: 6);
        var (sent, created) = (relay.Sent, await emulator.CreatedAsync("runai-killed"));
        var running = session.RunAside(Step, 0);
        await UntilAsync(() => relay.Sent - sent > 10 << 20, running);

        registry.Kill();
        var first = await running;
        var failure = first.TheError;
        await registry.StartAgainAsync();
        var second = session.Run(Step, 0);
        var third = session.Run(Step, 0);

        Assert.StartsWith("RunAi.RegistryUnreachable,", failure.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{relay.Port}", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            ("Succeeded", "Succeeded"),
            (StepSession.Get<string>(second.TheOutput, "State"), StepSession.Get<string>(third.TheOutput, "State")));
        Assert.Equal(created + 2, await emulator.CreatedAsync("runai-killed"));

        // The code, and the configuration if it was not stored before; base and step runner are there from the first image.
        Assert.True(StepSession.Get<long>(image, "Uploaded") > 0);
        Assert.Equal(2, Uploads(first, "PUT", " 201 ") + Uploads(second, "POST", " 202 "));
        Assert.InRange(Uploads(second, "POST", " 202 "), 1, 2);
        Assert.DoesNotContain(third.Verbose, line => line.Contains("/blobs/uploads/", StringComparison.Ordinal));
    }

    /// <summary>The requests of uploads to the registry that were answered so.</summary>
    private static int Uploads(ShellResult result, string method, string status) => result.Verbose.Count(
        line => line.StartsWith(method + " ", StringComparison.Ordinal)
            && line.Contains("/blobs/uploads/", StringComparison.Ordinal)
            && line.Contains(status, StringComparison.Ordinal));

    private static string InSession(StepSession session, string path) => Path.Combine(session.Folder, path);

    private static void CheckCopy(StepSession session, PSObject run)
    {
        session.Run("$args[0].Outputs.copy | Save-RunAiArtifact -Destination \"$f/copies\"", run).ThrowIfFailed();
        Assert.Equal(SampleTree.DigestOf(InSession(session, "data")), SampleTree.DigestOf(InSession(session, "copies/copy")));
    }

    /// <summary>Waits for something to be so while a script runs.</summary>
    private static async Task UntilAsync(Func<bool> fits, Task<ShellResult> running)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!fits())
        {
            if (running.IsCompleted)
            {
                Assert.Fail($"The script ended before that: {(await running).Terminating}");
            }

            await looks.WaitForNextTickAsync(limit.Token);
        }
    }

    private static ArtifactStore Through(Relay relay, int port, ArtifactStore store)
    {
        string Relayed(string text) => text.Replace(
            port.ToString(CultureInfo.InvariantCulture), relay.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return new ArtifactStore { Uri = Relayed(store.Uri), Endpoint = store.Endpoint is null ? null : Relayed(store.Endpoint) };
    }

    private StepSession Open(EmulatorClient emulator, ArtifactStore store, string? secret, string? repository = null)
    {
        var session = StepSession.Open(peers, emulator, store, secret, repository);
        session.Write("src/step.sh", Code);
        session.Write("data", "what the step reads\n");
        return session;
    }

    /// <summary>
    /// Whether the log in the shared folder has a line. What is being written may vanish under its old name: then it is looked at again.
    /// </summary>
    private bool IsStored(string line)
    {
        try
        {
            return Directory.EnumerateFiles(_shared, "0*", SearchOption.AllDirectories)
                .Any(file => file.Contains("/log/", StringComparison.Ordinal)
                    && File.ReadAllText(file).Contains(line, StringComparison.Ordinal));
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void Kill(string kind)
    {
        if (kind == "azure")
        {
            azurite.Stop();
        }
        else
        {
            ceph.KillGateway();
        }
    }

    private Task StartAgainAsync(string kind) => kind == "azure" ? azurite.StartAsync() : ceph.StartGatewayAsync();

    private async Task<(ArtifactStore Store, string Secret, int Port)> StoreAsync(string kind) => kind == "azure"
        ? (new ArtifactStore { Uri = $"az+{azurite.Endpoint}/{await azurite.NewContainerAsync()}/team" }, azurite.Key, azurite.Port)
        : (
            new ArtifactStore { Uri = $"s3://{await ceph.NewBucketAsync()}/team", Endpoint = ceph.Endpoint },
            ceph.Login,
            ceph.Port);
}
