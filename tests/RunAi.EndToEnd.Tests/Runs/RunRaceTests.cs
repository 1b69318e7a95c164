using RunAi.Artifacts;
using RunAi.Tests.Artifacts;

namespace RunAi.EndToEnd.Tests.Runs;

/// <summary>Many machines with one run key on real stores: one wins, one workload is created for each attempt, and all have it.</summary>
[Collection(StoreServers.Name)]
public sealed class RunRaceTests(AzuriteServer azurite, CephServer ceph, SimulatedPlane plane) : IClassFixture<SimulatedPlane>, IDisposable
{
    private const int Machines = 8;

    private readonly string _folder = Directory.CreateTempSubdirectory("runai-race-").FullName;
    private readonly string _step = "race-" + Guid.NewGuid().ToString("N")[..8];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableTheory]
    [InlineData("azure")]
    [InlineData("s3")]
    [InlineData("file")]
    public async Task OneKey_IsOneRun_WithOneWorkloadForEachAttempt(string kind)
    {
        var emulator = await plane.EmulatorAsync();
        var open = await OpenerAsync(kind);
        var machines = new List<RaceMachine>();
        try
        {
            for (var i = 0; i < Machines; i++)
            {
                machines.Add(new RaceMachine($"machine-{i}", emulator, await open()));
            }

            var runs = await AtOnceAsync(machines, machine => machine.SubmitAsync(_step));

            Assert.Equal(1, await emulator.CreatedAsync($"runai-{_step}-"));
            var run = AssertAllHaveOne(runs);
            Assert.Equal(
                [StepRunState.Submitting, StepRunState.Submitted],
                (await machines[0].EntriesAsync(run.RunId)).Select(entry => entry.State));
            Assert.All(machines, machine => Assert.Empty(machine.Warnings));

            var second = await AtOnceAsync(machines, machine => machine.FollowAsync(run.RunId));

            Assert.Equal(2, await emulator.CreatedAsync($"runai-{_step}-"));
            var retried = AssertAllHaveOne(second);
            Assert.Equal((2, run.WorkloadName + "-2", StepRunState.Succeeded), (retried.Attempt, retried.WorkloadName, retried.State));
            Assert.Equal(
                ["1 Submitting", "1 Submitted", "1 Failed", "2 Submitting", "2 Submitted", "2 Succeeded"],
                (await machines[0].EntriesAsync(run.RunId)).Select(entry => $"{entry.Attempt} {entry.State}"));
        }
        finally
        {
            machines.ForEach(machine => machine.Dispose());
        }
    }

    private static StepRun AssertAllHaveOne(IReadOnlyList<StepRun> runs)
    {
        Assert.NotNull(runs[0].WorkloadId);
        Assert.All(runs, run => Assert.Equal(
            (runs[0].RunId, runs[0].WorkloadId, runs[0].WorkloadName), (run.RunId, run.WorkloadId, run.WorkloadName)));
        return runs[0];
    }

    /// <summary>Lets all begin at the same moment, each on a thread of its own.</summary>
    private static async Task<IReadOnlyList<StepRun>> AtOnceAsync(List<RaceMachine> machines, Func<RaceMachine, Task<StepRun>> work)
    {
        using var start = new Barrier(machines.Count);
        return await Task.WhenAll(machines.Select(machine => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return work(machine);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()));
    }

    /// <summary>Opens one store anew for each machine.</summary>
    private async Task<Func<Task<IArtifactStore>>> OpenerAsync(string kind)
    {
        var (store, secret) = kind switch
        {
            "azure" =>
                (new ArtifactStore { Name = kind, Uri = $"az+{azurite.Endpoint}/{await azurite.NewContainerAsync()}/team" }, azurite.Key),
            "s3" =>
                (new ArtifactStore { Name = kind, Uri = $"s3://{await ceph.NewBucketAsync()}/team", Endpoint = ceph.Endpoint }, ceph.Login),
            _ => (new ArtifactStore { Name = kind, Uri = new Uri(_folder).AbsoluteUri }, null),
        };
        store.Credential = secret is null ? null : "{{env:STORE_SECRET}}";
        return () => OpenedStore.OpenAsync(store, new() { ["STORE_SECRET"] = secret ?? "" });
    }
}
