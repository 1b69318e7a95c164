using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using RunAi.RunManifest;

namespace RunAi.StepRunner.Tests;

/// <summary>A run: its manifest with addresses in a test store, its home, and the starts of the runner.</summary>
internal sealed class Scenario : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly TemporaryFolder _folder = new();

    private Scenario(string runner, TestStore store)
    {
        Runner = runner;
        Store = store;
        Environment["RUNAI_HOME"] = Home;
        Environment["RUNAI_MANIFEST"] = store.Address("manifest");
        Environment["RUNAI_STORE_PATIENCE"] = "20";
        Manifest = new Manifest
        {
            RunId = "01RUN",
            StepName = "train",
            Attempt = 1,
            Log = new ManifestLog { Segments = [.. Enumerable.Range(0, 4).Select(i => store.Address($"log/{i}"))], Head = Both("log/head") },
            Result = new ManifestObject { Put = store.Address("result") },
            PutHeaders = { ["x-test-type"] = "block" },
        };
    }

    public string Runner { get; }

    public TestStore Store { get; }

    public Manifest Manifest { get; }

    public Dictionary<string, string> Environment { get; } = [];

    public string Home => _folder["home"];

    public string Folder => _folder.Location;

    public RunResult Result => JsonSerializer.Deserialize<RunResult>(Store.Objects["result"], Json)!;

    public bool HasResult => Store.Objects.ContainsKey("result");

    public static async Task<Scenario> CreateAsync(string runner, params string[] command)
    {
        var scenario = new Scenario(runner, await TestStore.StartAsync());
        scenario.Manifest.Command = command;
        return scenario;
    }

    public static Task<Scenario> ShellAsync(string runner, string script) => CreateAsync(runner, "/bin/sh", "-c", script);

    public static T Read<T>(byte[] json) => JsonSerializer.Deserialize<T>(json, Json)!;

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Json);

    public static string DigestOf(byte[] content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));

    public ManifestObject Both(string key) => new() { Get = Store.Address(key), Put = Store.Address(key) };

    public ManifestInput AddInput(string name, byte[] content, string? fileName, int parts = 1)
    {
        var size = (content.Length + parts - 1) / parts;
        var pieces = content.Length == 0 ? [content] : content.Chunk(size).ToArray();
        for (var i = 0; i < pieces.Length; i++)
        {
            Store.Objects[$"inputs/{name}/{i}"] = pieces[i];
        }

        var input = new ManifestInput
        {
            Name = name,
            MediaType = fileName is null ? ArtifactDescriptor.FolderMediaType : ArtifactDescriptor.FileMediaType,
            FileName = fileName ?? "",
            Digest = DigestOf(content),
            Size = content.Length,
            Parts = [.. pieces.Select((p, i) => new ManifestPart { Get = Store.Address($"inputs/{name}/{i}"), Size = p.Length })],
        };
        Manifest.Inputs = [.. Manifest.Inputs, input];
        return input;
    }

    public void AddOutput(string name, long partSize = 1 << 20, int parts = 2) => Manifest.Outputs =
    [
        .. Manifest.Outputs,
        new ManifestOutput
        {
            Name = name,
            PartSize = partSize,
            Parts = [.. Enumerable.Range(0, parts).Select(i => Store.Address($"outputs/{name}/{i}"))],
            PartKeys = [.. Enumerable.Range(0, parts).Select(i => $"{i}")],
            Descriptor = new ManifestObject { Put = Store.Address($"outputs/{name}/artifact.json") },
        },
    ];

    public void AddCheckpoint()
    {
        Environment["RUNAI_CHECKPOINT_INTERVAL"] = "0.1";
        Manifest.Checkpoint = new ManifestCheckpoint
        {
            PartSize = 1 << 20,
            Head = Both("checkpoint/head"),
            Slots = [.. Enumerable.Range(0, 2).Select(i => new CheckpointSlot { Parts = [Both($"checkpoint/{i}/0"), Both($"checkpoint/{i}/1")] })],
        };
    }

    public ArtifactDescriptor Descriptor(string output) => Read<ArtifactDescriptor>(Store.Objects[$"outputs/{output}/artifact.json"]);

    /// <summary>An output's bytes, put together as its descriptor says.</summary>
    public byte[] Published(string output) => [.. Descriptor(output).Parts.SelectMany(p => Store.Objects[$"outputs/{output}/{p.Key}"])];

    /// <summary>All of the stored log.</summary>
    public LogLine[] Log() =>
    [
        .. Enumerable.Range(0, Manifest.Log.Segments.Length)
            .Where(i => Store.Objects.ContainsKey($"log/{i}"))
            .SelectMany(i => Store.Text($"log/{i}").Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Select(LogLine.Parse),
    ];

    public RunnerProcess Start()
    {
        Store.Objects["manifest"] = Write(Manifest);
        return RunnerProcess.Start(Runners.PathOf(Runner), [], Environment, Folder);
    }

    public async Task<RunnerProcess> RunAsync()
    {
        var process = Start();
        await process.EndAsync();
        return process;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _folder.Dispose();
    }
}
