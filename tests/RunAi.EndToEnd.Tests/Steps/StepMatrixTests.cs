using System.Management.Automation;
using System.Text.Json.Nodes;

namespace RunAi.EndToEnd.Tests.Steps;

/// <summary>A step with code, a file and a folder in, a file and a folder out, on every pair of artifact store and executor.</summary>
[Collection(StepCollection.Name)]
public sealed class StepMatrixTests(AzuriteServer azurite, CephServer ceph, StepPeers peers) : IDisposable
{
    private const int Lines = 300;

    private const string Code = """
        #!/bin/sh
        # step.sh FILE FOLDER COPY RESULT: gives back what it got, and what it can see of where it runs.
        set -eu
        busybox mkdir "$4"
        busybox cp -a "$2" "$4/tree"
        busybox cp "$1" "$3"
        busybox cat "/proc/$PPID/environ" > "$4/environment-of-the-container"
        busybox env > "$4/environment-of-the-command"
        i=0
        while [ "$i" -lt 300 ]; do
            i=$((i + 1))
            echo "line $i"
            [ "$((i % 100))" -ne 0 ] || echo "note $i" >&2
        done
        exit "${CODE:-0}"
        """;

    private const string Step = """
        Invoke-RunAiStep matrix -Source "$f/src" -BaseImage $base -Settings @{ GpuDevicesRequest = 0 } -Verbose `
            -Command sh, step.sh, '{{inputs.file}}', '{{inputs.tree}}', '{{outputs.copy}}', '{{outputs.result}}' `
            -Input @{ file = "$f/data file.bin"; tree = "$f/tree" } -Output copy, result
        """;

    private readonly string _shared = Directory.CreateTempSubdirectory("runai-shared-").FullName;

    public void Dispose() => Directory.Delete(_shared, recursive: true);

    [SkippableTheory]
    [InlineData("azure", "process")]
    [InlineData("azure", "container")]
    [InlineData("s3", "process")]
    [InlineData("s3", "container")]
    [InlineData("file", "process")]
    [InlineData("file", "container")]
    public async Task Step_GivesTheRightBytesAndHoldsNoCredential(string kind, string executor)
    {
        var emulator = await peers.EmulatorAsync(executor);
        var (store, secret) = await StoreAsync(kind);
        using var session = StepSession.Open(peers, emulator, store, secret, executor == "container" ? peers.Repository : null);
        session.Write("src/step.sh", Code);
        SampleTree.Write(Path.Combine(session.Folder, "tree"));
        SampleTree.WriteRandom(Path.Combine(session.Folder, "data file.bin"), (9 << 20) + 5, seed: 3);

        var run = session.Run(Step).TheOutput;

        CheckRun(session, run);
        CheckSaved(session, run);
        CheckLog(session, run);
        await CheckSpecAsync(session, emulator, run, kind);
        CheckSecond(session, executor);
    }

    private static void CheckRun(StepSession session, PSObject run)
    {
        Assert.Equal(("Succeeded", 0), (StepSession.Get<string>(run, "State"), StepSession.Get<int>(run, "ExitCode")));
        var copy = session.Run("$args[0].Outputs.copy", run).TheOutput;
        var original = Path.Combine(session.Folder, "data file.bin");
        Assert.Equal(
            (SampleTree.DigestOf(original), new FileInfo(original).Length),
            (StepSession.Get<string>(copy, "Digest"), StepSession.Get<long>(copy, "Size")));
    }

    private static void CheckSaved(StepSession session, PSObject run)
    {
        session.Run(
            "$args[0].Outputs.result | Save-RunAiArtifact -Destination \"$f/result\"; $args[0].Outputs.copy | Save-RunAiArtifact "
            + "-Destination \"$f/copies\"",
            run).ThrowIfFailed();
        Assert.Equal(
            SampleTree.Describe(Path.Combine(session.Folder, "tree")), SampleTree.Describe(Path.Combine(session.Folder, "result", "tree")));
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(session.Folder, "data file.bin")),
            File.ReadAllBytes(Path.Combine(session.Folder, "copies", "copy")));

        var container = File.ReadAllText(Path.Combine(session.Folder, "result", "environment-of-the-container"));
        var command = File.ReadAllText(Path.Combine(session.Folder, "result", "environment-of-the-command"));
        Assert.Contains("RUNAI_MANIFEST=", container, StringComparison.Ordinal);
        Assert.DoesNotContain("RUNAI_MANIFEST", command, StringComparison.Ordinal);
        Assert.Contains("RUNAI_INPUT_FILE=", command, StringComparison.Ordinal);
        AssertNoCredential(session, container);
        AssertNoCredential(session, command);
        Assert.DoesNotContain(CephServer.AccessKey, command, StringComparison.Ordinal);
    }

    private static void CheckLog(StepSession session, PSObject run)
    {
        var log = session.Run("Receive-RunAiStepLog $args[0]", StepSession.Get<string>(run, "RunId")).ThrowIfFailed().Output;
        Assert.Equal(Enumerable.Range(1, Lines).Select(i => $"line {i}"), Texts(log, "stdout"));
        Assert.Equal(["note 100", "note 200", "note 300"], Texts(log, "stderr"));
    }

    /// <summary>What everybody who may see the workload sees: one address, which opens the manifest and nothing else.</summary>
    private static async Task CheckSpecAsync(StepSession session, EmulatorClient emulator, PSObject run, string kind)
    {
        var training = await emulator.TrainingAsync(StepSession.Get<string>(run, "WorkloadId"));
        AssertNoCredential(session, training);
        var spec = JsonNode.Parse(training)!["spec"]!;
        var variable = Assert.Single(spec["environmentVariables"]!.AsArray())!;
        var address = (string)variable["value"]!;
        Assert.Equal("/.runai/step-runner", (string?)spec["command"]);
        Assert.Equal("RUNAI_MANIFEST", (string?)variable["name"]);
        Assert.Contains($"data/{StepSession.Get<string>(run, "RunId")}/attempts/1/manifest.json", address, StringComparison.Ordinal);
        Assert.Contains(kind switch { "azure" => "&sp=r&", "s3" => "X-Amz-Signature=", _ => "/tmp/" }, address, StringComparison.Ordinal);
    }

    /// <summary>The same code and data with another exit code: told as it is, and nothing goes up again.</summary>
    private static void CheckSecond(StepSession session, string executor)
    {
        var second = session.Run(Step + " -Environment @{ CODE = 9 }");

        var failure = second.TheError;
        Assert.StartsWith("RunAi.WorkloadFailed,", failure.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("exit code 9", failure.ToString(), StringComparison.Ordinal);
        Assert.Contains($"line {Lines}", StepSession.Get<IEnumerable<string>>(PSObject.AsPSObject(failure.Exception), "LastLogLines"));
        Assert.DoesNotContain(second.Verbose, line => line.StartsWith("UPLOAD", StringComparison.Ordinal));
        Assert.DoesNotContain(second.Verbose, line => line.Contains("/blobs/uploads/", StringComparison.Ordinal));
        if (executor == "container")
        {
            Assert.Contains(second.Verbose, line => line.Contains("/v2/team/steps/manifests/", StringComparison.Ordinal));
        }

        AssertNoCredential(session, string.Join('\n', [.. second.Verbose, failure.ToString()]));
    }

    private static IEnumerable<string> Texts(IEnumerable<PSObject> log, string stream) =>
        log.Where(line => StepSession.Get<string>(line, "Stream") == stream).Select(line => StepSession.Get<string>(line, "Text"));

    private static void AssertNoCredential(StepSession session, string text)
    {
        foreach (var secret in new[]
        {
            session.StoreSecret?.Split(':')[^1] ?? "AccountKey",
            StepPeers.Login.Split(':')[1],
            session.ClientSecret,
            "AccountKey=",
            "RUNAI_E2E_",
        })
        {
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        }
    }

    private async Task<(ArtifactStore Store, string? Secret)> StoreAsync(string kind) => kind switch
    {
        "azure" => (new ArtifactStore { Uri = $"az+{azurite.Endpoint}/{await azurite.NewContainerAsync()}/team" }, azurite.Key),
        "s3" => (
            new ArtifactStore { Uri = $"s3://{await ceph.NewBucketAsync()}/team", Endpoint = ceph.Endpoint },
            ceph.Login),
        _ => (new ArtifactStore { Uri = "file:" + _shared }, null),
    };
}
