using System.Diagnostics;
using Amazon.Runtime;
using Amazon.S3;

namespace RunAi.EndToEnd.Tests;

/// <summary>
/// Ceph's S3 gateway with a monitor and a store of its own, all in memory and on free ports. It starts when it is first asked for, and one
/// serves all tests that share it.
/// </summary>
public sealed class CephServer : IDisposable
{
    public const string AccessKey = "AKRUNAITEST";

    private readonly List<Process> _processes = [];
    private readonly SemaphoreSlim _starting = new(1);
    private readonly string _folder = Directory.CreateTempSubdirectory("runai-ceph-").FullName;
    private readonly int _port = Peers.FreePort();
    private readonly int _monitorPort = Peers.FreePort();
    private Process? _gateway;
    private int _buckets;

    /// <summary>The secret access key, which a command line told when the server was set up: no two servers have the same.</summary>
    public string SecretKey { get; } = "SK" + Guid.NewGuid().ToString("N");

    /// <summary>What a store is registered with.</summary>
    public string Login => $"{AccessKey}:{SecretKey}";

    public string Endpoint => $"http://127.0.0.1:{_port}";

    public int Port => _port;

    /// <summary>Makes sure that it runs, and makes a bucket for one test.</summary>
    public async Task<string> NewBucketAsync()
    {
        Peers.Require("ceph", "ceph-mon", "ceph-osd", "radosgw", "radosgw-admin");
        await EnsureStartedAsync();
        using var client = Client();
        var bucket = $"bucket-{Interlocked.Increment(ref _buckets)}";
        await client.PutBucketAsync(bucket);
        return bucket;
    }

    /// <summary>A client of the SDK's own, for what a test looks at beside our store.</summary>
    public AmazonS3Client Client() => new(
        new BasicAWSCredentials(AccessKey, SecretKey),
        new AmazonS3Config { ServiceURL = Endpoint, ForcePathStyle = true, AuthenticationRegion = "us-east-1" });

    /// <summary>Kills the gateway at once; what was stored stays.</summary>
    public void KillGateway()
    {
        _gateway!.Kill();
        _gateway.WaitForExit();
    }

    public async Task StartGatewayAsync()
    {
        _gateway = Daemon("radosgw", "-f", "-n", "client.rgw");
        await Peers.AnswersAsync(new Uri(Endpoint), _gateway);
    }

    public void Dispose()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            if (!process.HasExited)
            {
                process.Kill();
                process.WaitForExit();
            }

            process.Dispose();
        }

        _starting.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task EnsureStartedAsync()
    {
        await _starting.WaitAsync();
        try
        {
            if (_gateway is null)
            {
                await StartAsync();
            }
        }
        finally
        {
            _starting.Release();
        }
    }

    private async Task StartAsync()
    {
        foreach (var part in new[] { "mon", "osd", "rgw", "run" })
        {
            Directory.CreateDirectory(Path.Combine(_folder, part));
        }

        await File.WriteAllTextAsync(Path.Combine(_folder, "ceph.conf"), Configuration());
        var store = Guid.NewGuid().ToString();
        Peers.Run(Command("ceph-mon", "--mkfs", "-i", "a", "--public-addrv", MonitorAddress));
        Daemon("ceph-mon", "-f", "-i", "a", "--public-addrv", MonitorAddress);
        Peers.Run(Command("timeout", "30", "ceph", "osd", "new", store));
        Peers.Run(Command("ceph-osd", "--mkfs", "-i", "0", "--osd-uuid", store));
        Daemon("ceph-osd", "-f", "-i", "0");
        Peers.Run(Command(
            "timeout", "30", "radosgw-admin", "user", "create", "--uid=test", "--display-name=test", $"--access-key={AccessKey}",
            $"--secret-key={SecretKey}"));
        await StartGatewayAsync();
    }

    private string MonitorAddress => $"[v2:127.0.0.1:{_monitorPort}]";

    private Process Daemon(string program, params string[] arguments)
    {
        var process = Peers.Start(Command(program, arguments));
        _processes.Add(process);
        return process;
    }

    private ProcessStartInfo Command(string program, params string[] arguments) => new(program, arguments)
    {
        WorkingDirectory = _folder,
        Environment = { ["CEPH_CONF"] = Path.Combine(_folder, "ceph.conf") },
    };

    private string Configuration() => $"""
        [global]
        fsid = {Guid.NewGuid()}
        mon host = {MonitorAddress}
        public addr = 127.0.0.1
        cluster addr = 127.0.0.1
        auth cluster required = none
        auth service required = none
        auth client required = none
        ms mon client mode = crc
        mon client hunt interval = 0.2
        run dir = {_folder}/run
        crash dir = {_folder}/run
        admin socket =
        log file = {_folder}/$name.log
        mon cluster log file = {_folder}/cluster.log
        mon data = {_folder}/mon
        mon data avail crit = 1
        mon allow pool size one = true
        paxos propose interval = 0.02
        paxos min wait = 0.01
        osd data = {_folder}/osd
        osd objectstore = memstore
        memstore device bytes = 4294967296
        osd crush chooseleaf type = 0
        osd pool default size = 1
        osd pool default min size = 1
        osd pool default pg num = 4
        osd pool default pgp num = 4
        osd pool default pg autoscale mode = off
        rgw data = {_folder}/rgw
        rgw frontends = beast endpoint=127.0.0.1:{_port} tcp_nodelay=1
        rgw rados pool pg num min = 4
        rgw data log num shards = 1
        rgw md log max shards = 1
        rgw gc max objs = 1
        rgw lc max objs = 1
        rgw num control oids = 1

        """;
}
