using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
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
    private readonly string? _shared;

    private Scenario(string runner, TestStore store, bool inFolder)
    {
        Runner = runner;
        Store = store;
        _shared = inFolder ? Directory.CreateDirectory(_folder["store"]).FullName : null;
        Environment["RUNAI_HOME"] = Home;
        Environment["RUNAI_MANIFEST"] = Address("manifest");
        Environment["RUNAI_STORE_PATIENCE"] = "20";
        Manifest = new Manifest
        {
            RunId = "01RUN",
            StepName = "train",
            Attempt = 1,
            Log = new ManifestLog { Segments = [.. Enumerable.Range(0, 4).Select(i => Address($"log/{i}"))], Head = Both("log/head") },
            Result = new ManifestObject { Put = Address("result") },
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

    /// <summary>The root file system that the runner gets; null for that of the tests.</summary>
    public Sandbox? Sandbox { get; set; }

    public TemporaryFolder Temporary => _folder;

    public static Task<Scenario> CreateAsync(string runner, params string[] command) => CreateAsync(runner, certificate: null, command);

    /// <summary>With a store that answers HTTPS.</summary>
    public static async Task<Scenario> CreateAsync(string runner, X509Certificate2? certificate, params string[] command)
    {
        var scenario = new Scenario(runner, await TestStore.StartAsync(certificate), inFolder: false);
        scenario.Manifest.Command = command;
        return scenario;
    }

    /// <summary>With a store that is a shared folder; its objects are put there before a start, and taken from there after a run.</summary>
    public static async Task<Scenario> InFolderAsync(string runner, string script)
    {
        var scenario = new Scenario(runner, await TestStore.StartAsync(), inFolder: true);
        scenario.Manifest.Command = ["/bin/sh", "-c", script];
        return scenario;
    }

    public static Task<Scenario> ShellAsync(string runner, string script) => CreateAsync(runner, "/bin/sh", "-c", script);

    public static T Read<T>(byte[] json) => JsonSerializer.Deserialize<T>(json, Json)!;

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Json);

    public static string DigestOf(byte[] content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));

    public string Address(string key) => _shared is null ? Store.Address(key) : Path.Combine(_shared, key);

    public ManifestObject Both(string key) => new() { Get = Address(key), Put = Address(key) };

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
            Parts = [.. pieces.Select((p, i) => new ManifestPart { Get = Address($"inputs/{name}/{i}"), Size = p.Length })],
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
            Parts = [.. Enumerable.Range(0, parts).Select(i => Address($"outputs/{name}/{i}"))],
            PartKeys = [.. Enumerable.Range(0, parts).Select(i => $"{i}")],
            Descriptor = new ManifestObject { Put = Address($"outputs/{name}/artifact.json") },
        },
    ];

    public void AddCheckpoint()
    {
        Environment["RUNAI_CHECKPOINT_INTERVAL"] = "0.1";
        Manifest.Checkpoint = new ManifestCheckpoint
        {
            PartSize = 1 << 20,
            Head = Both("checkpoint/head"),
            Slots = [.. Enumerable.Range(0, 2)
                .Select(i => new CheckpointSlot { Parts = [Both($"checkpoint/{i}/0"), Both($"checkpoint/{i}/1")] })],
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
        return StartPrepared();
    }

    /// <summary>Starts with the manifest that the store holds already, be it one or not.</summary>
    public RunnerProcess StartPrepared()
    {
        if (_shared is not null)
        {
            Store.CopyTo(_shared);
        }

        return Sandbox is null
            ? RunnerProcess.Start(Runners.PathOf(Runner), [], Environment, Folder)
            : Sandbox.Start(Environment, Folder);
    }

    public async Task<RunnerProcess> RunAsync()
    {
        var process = Start();
        await process.EndAsync();
        if (_shared is not null)
        {
            Store.TakeFrom(_shared);
        }

        return process;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _folder.Dispose();
    }
}
