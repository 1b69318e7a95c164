using System.Diagnostics;
using System.Globalization;
using Azure.Storage;
using Azure.Storage.Blobs;

namespace RunAi.EndToEnd.Tests;

/// <summary>Azurite's blob service on a free port. It starts when it is first asked for, and one serves all tests that share it.</summary>
public sealed class AzuriteServer : IDisposable
{
    public const string Account = "runaitest";

    private readonly SemaphoreSlim _starting = new(1);
    private readonly string _folder = Directory.CreateTempSubdirectory("runai-azurite-").FullName;
    private Process? _process;
    private int _containers;

    /// <summary>The account's key.</summary>
    public string Key { get; } = Convert.ToBase64String(Guid.NewGuid().ToByteArray());

    public int Port { get; } = Peers.FreePort();

    /// <summary>The account's URL.</summary>
    public string Endpoint => $"http://127.0.0.1:{Port}/{Account}";

    /// <summary>Makes sure that it runs, and makes a container for one test.</summary>
    public async Task<string> NewContainerAsync()
    {
        Peers.Require("azurite-blob", "node");
        await EnsureStartedAsync();
        var container = $"container-{Interlocked.Increment(ref _containers)}";
        await Service().CreateBlobContainerAsync(container);
        return container;
    }

    /// <summary>A client of the SDK's own, for what a test looks at beside our store.</summary>
    public BlobServiceClient Service() => new(new Uri(Endpoint), new StorageSharedKeyCredential(Account, Key));

    /// <summary>Stops it as a machine that is shut down does; what was stored stays.</summary>
    public void Stop()
    {
        Peers.Run("kill", "-TERM", _process!.Id.ToString(CultureInfo.InvariantCulture));
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    public async Task StartAsync()
    {
        _process = Peers.Start(new ProcessStartInfo(
            Peers.Find("azurite-blob")!,
            [
                "--silent", "--disableTelemetry", "--skipApiVersionCheck", "--location", _folder,
                "--blobHost", "127.0.0.1", "--blobPort", Port.ToString(CultureInfo.InvariantCulture),
            ])
        {
            Environment = { ["AZURITE_ACCOUNTS"] = $"{Account}:{Key}" },
        });
        await Peers.AnswersAsync(new Uri(Endpoint), _process);
    }

    public void Dispose()
    {
        if (_process is not null)
        {
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }

        _starting.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task EnsureStartedAsync()
    {
        await _starting.WaitAsync();
        try
        {
            if (_process is null)
            {
                await StartAsync();
            }
        }
        finally
        {
            _starting.Release();
        }
    }
}
