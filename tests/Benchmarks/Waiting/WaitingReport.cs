using System.Diagnostics;
using System.Globalization;
using Newtonsoft.Json.Linq;
using RunAi.ControlPlane;
using RunAi.Secrets;
using RunAi.Watching;

namespace RunAi.Benchmarks.Waiting;

/// <summary>
/// What it costs to wait for thousands of workloads in one call, beside a loop of one GET for each:
/// <c>dotnet run -c Release --project tests/Benchmarks -- waiting [workloads] [seconds until the first ends]</c>.
/// </summary>
internal sealed class WaitingReport : IActivityLog
{
    private const int SubmittedAtOnce = 16;
    private readonly int _count;
    private readonly int _firstEnd;

    private WaitingReport(int count, int firstEnd)
    {
        _count = count;
        _firstEnd = firstEnd;
    }

    public static Task RunAsync(string[] arguments) => new WaitingReport(
        arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 10_000,
        arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 120).RunAsync();

    public void Verbose(string message)
    {
    }

    public void Debug(string message)
    {
    }

    public void Warning(string message) => Console.WriteLine($"warning: {message}");

    private async Task RunAsync()
    {
        using var cluster = new SimulatedCluster(_firstEnd);
        using var counter = new CountingHandler();
        using var sessions = new SessionCache(new ControlPlaneTransport(handler: () => counter));
        var credential = new ClientCredential(_ => Task.FromResult(new SecretText(cluster.ClientSecret)), "the emulator");
        var client = new ControlPlaneClient(sessions.GetOrAdd(cluster.Uri, cluster.ClientId, credential.Origin), credential, this);
        var ids = await SubmitAsync(client);
        await PagesAsync(client);
        await NaiveLookAsync(client, counter, ids);
        await WaitAsync(client, counter, ids);
    }

    private async Task<string[]> SubmitAsync(ControlPlaneClient client)
    {
        var watch = Stopwatch.StartNew();
        var project = await client.GetProjectAsync("demo", default);
        var ids = new string[_count];
        await Parallel.ForAsync(0, _count, new ParallelOptions { MaxDegreeOfParallelism = SubmittedAtOnce }, async (i, token) =>
        {
            var body = new JObject
            {
                ["name"] = $"bench-{i % 60:00}-{i:00000}",
                ["projectId"] = project.Id,
                ["clusterId"] = project.ClusterId,
                ["spec"] = new JObject { ["image"] = "busybox", ["compute"] = new JObject { ["cpuCoreRequest"] = 1 } },
            };
            ids[i] = (await client.CreateTrainingAsync(body, token)).WorkloadId;
        });
        Console.WriteLine($"{_count} workloads submitted in {watch.Elapsed.TotalSeconds:0.0} s");
        return ids;
    }

    private async Task PagesAsync(ControlPlaneClient client)
    {
        var times = new List<double>();
        for (var i = 0; i < 40; i++)
        {
            var watch = Stopwatch.StartNew();
            await client.ListWorkloadsAsync(
                new WorkloadQuery { SortBy = "createdAt", Offset = i * 500 % Math.Max(500, _count), Limit = 500 }, default);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        Console.WriteLine($"a page of 500, asked for, read and mapped: median {Medians.Of(times):0.0} ms");
    }

    private static async Task NaiveLookAsync(ControlPlaneClient client, CountingHandler counter, string[] ids)
    {
        var (requests, bytes, watch) = (counter.Requests, counter.Bytes, Stopwatch.StartNew());
        await Parallel.ForEachAsync(
            ids, new ParallelOptions { MaxDegreeOfParallelism = SubmittedAtOnce },
            async (id, token) => await client.GetWorkloadAsync(id, token));
        Console.WriteLine(
            $"naive, each look: {counter.Requests - requests} requests, {(counter.Bytes - bytes) / 1e6:0.0} MB, "
            + $"{watch.Elapsed.TotalSeconds:0.0} s");
    }

    private async Task WaitAsync(ControlPlaneClient client, CountingHandler counter, string[] ids)
    {
        var hub = WorkloadPollers.Of(client.Session, "demo");
        var source = new ControlPlaneSource(client, hub, new ProjectLister(client, token => client.GetProjectAsync("demo", token)));
        var latencies = new List<double>();
        var looks = new List<(long Requests, long Bytes, long Allocated, bool Changed)>();
        var (began, bytesBefore) = (counter.Requests, counter.Bytes);
        var last = (counter.Requests, counter.Bytes, Allocated: GC.GetTotalAllocatedBytes(), Left: _count, Phases: "");
        var peak = 0L;
        var watch = Stopwatch.StartNew();
        await new WorkloadWatcher(source, TimeProvider.System, this).WatchAsync(
            ids.Select((id, i) => new WatchRequest(id, $"bench-{i % 60:00}-{i:00000}")), new WatchOptions(), Ended, Looked, default);

        Console.WriteLine($"in one call: {looks.Count} looks in {watch.Elapsed.TotalSeconds:0} s, {counter.Requests - began} requests, "
            + $"{(counter.Bytes - bytesBefore) / 1e6:0.0} MB");
        Console.WriteLine($"requests of a look: most {looks.Max(look => look.Requests)}, median "
            + $"{Medians.Of(looks.Select(look => (double)look.Requests)):0}");
        var quiet = looks.Where(look => !look.Changed && look.Requests < 3).ToList();
        if (quiet.Count > 0)
        {
            Console.WriteLine(
                $"looks for changes that showed none: {quiet.Count}, most {quiet.Max(look => look.Requests)} requests, median "
                + $"{Medians.Of(quiet.Select(look => look.Bytes / 1e3)):0.0} kB, "
                + $"{Medians.Of(quiet.Select(look => look.Allocated / 1e3)):0} kB allocated");
        }

        Console.WriteLine(
            $"managed memory at most {peak / 1e6:0} MB, working set at most {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB");
        Console.WriteLine(
            $"from the end of a workload to the pipeline: median {Medians.Of(latencies):0.00} s, most {latencies.Max():0.00} s");

        void Ended(WatchOutcome outcome) =>
            latencies.Add((TimeProvider.System.GetUtcNow() - outcome.Workload.CompletedAt!.Value).TotalSeconds);

        void Looked(WatchStatus status)
        {
            peak = Math.Max(peak, GC.GetTotalMemory(false));
            var phases = string.Join(",", status.Phases.Order());
            var now = (counter.Requests, counter.Bytes, Allocated: GC.GetTotalAllocatedBytes(), Left: status.Count, Phases: phases);
            looks.Add((now.Requests - last.Requests, now.Bytes - last.Bytes, now.Allocated - last.Allocated, now.Phases != last.Phases));
            last = now;
        }
    }
}
