using RunAi.Json;
using RunAi.Runs;
using RunAi.Tests.ControlPlane;

namespace RunAi.Tests.Runs;

/// <summary>One key is one run with one workload: submitted twice, at once, after a crash, or changed.</summary>
public sealed class RunKeyTests
{
    private readonly WorkloadPlane _plane = new();
    private readonly MemoryStore _store = new();
    private readonly TestClock _clock = new();

    [Fact]
    public async Task SecondSubmission_IsTheSameRun()
    {
        using var first = Client();
        using var second = Client();

        var run = await first.SubmitAsync();
        var again = await second.SubmitAsync();

        Assert.Equal((run.RunId, run.WorkloadId, StepRunState.Submitted), (again.RunId, again.WorkloadId, again.State));
        Assert.Single(_plane.Created);
    }

    [Theory]
    [InlineData(32, 0)]
    [InlineData(8, 2)]
    public async Task ManyAtOnce_CreateOneWorkload_AndAllHaveIt(int clients, int missedLooks)
    {
        _plane.MissedLooks = missedLooks;
        var runs = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            using var client = new RunClient(_plane, _store, TimeProvider.System);
            return await client.SubmitAsync();
        })));

        Assert.Single(_plane.Created);
        Assert.Equal(runs[0].WorkloadId, Assert.Single(runs.Select(run => run.WorkloadId).Distinct()));
        Assert.NotNull(runs[0].WorkloadId);
    }

    [Theory]
    [InlineData(nameof(OwnerState.Gone), 0)]
    [InlineData(nameof(OwnerState.Gone), 2)]
    [InlineData(nameof(OwnerState.Unknown), 0)]
    public async Task DeathAtEachStep_LeavesOneWorkloadToTheNext(string known, int missedLooks)
    {
        var deaths = new List<string>();
        for (var at = 1; ; at++)
        {
            var (plane, store) = (new WorkloadPlane(), new MemoryStore());
            var death = new ProcessDeath(at);
            using (var dying = new RunClient(plane, store, _clock, OwnerState.Unknown, death.Step))
            {
                var outcome = await Record.ExceptionAsync(() => _clock.DriveAsync(dying.SubmitAsync()));
                if (death.Where is null)
                {
                    Assert.Null(outcome);
                    break;
                }

                deaths.Add(death.Where);
            }

            plane.MissedLooks = plane.Looks + missedLooks;
            using var next = new RunClient(plane, store, _clock, Enum.Parse<OwnerState>(known));
            var run = await _clock.DriveAsync(next.SubmitAsync());

            var last = (await next.Journal.LastAsync(run.RunId, default))!;
            Assert.True(plane.Created.Count == 1, $"{plane.Created.Count} workloads after a death {death.Where}");
            Assert.Equal((StepRunState.Submitted, run.WorkloadId), (last.State, last.WorkloadId));
            Assert.Equal(plane.IdOf(run.WorkloadName), run.WorkloadId);
        }

        Assert.Contains("before create runs/" + RunClient.RunIdOfKey + "/0000.json", deaths);
        Assert.Contains("after create runs/" + RunClient.RunIdOfKey + "/0000.json", deaths);
        Assert.Contains("before POST /api/v1/workloads/trainings", deaths);
        Assert.Contains("after POST /api/v1/workloads/trainings", deaths);
        Assert.Contains("after create runs/" + RunClient.RunIdOfKey + "/0001.json", deaths);
    }

    [Fact]
    public async Task TwoDeathsInARow_LeaveOneWorkload()
    {
        foreach (var where in new[] { "before POST", "after POST" })
        {
            var (plane, store) = (new WorkloadPlane(), new MemoryStore());
            for (var i = 0; i < 2; i++)
            {
                var dead = false;
                using var dying = new RunClient(plane, store, _clock, OwnerState.Gone, what =>
                {
                    if (dead |= what.StartsWith(where + " /api/v1/workloads", StringComparison.Ordinal))
                    {
                        throw new ProcessDeath.DeathException();
                    }
                });
                await Record.ExceptionAsync(() => _clock.DriveAsync(dying.SubmitAsync()));
            }

            using var next = new RunClient(plane, store, _clock, OwnerState.Gone);
            await _clock.DriveAsync(next.SubmitAsync());
            Assert.Single(plane.Created);
        }
    }

    [Fact]
    public async Task SubmissionOfAnotherMachine_IsWaitedFor_AsLongAsItMayBeAtWork()
    {
        using var client = Client(OwnerState.Unknown);
        await BeginAsync(client);
        var began = _clock.GetUtcNow();

        await _clock.DriveAsync(client.SubmitAsync());

        Assert.InRange(_clock.GetUtcNow() - began, RunLeases.Lease, RunLeases.Lease + TimeSpan.FromMinutes(1));
        var told = Assert.Single(client.Log.Warnings, line => line.Contains("just being submitted", StringComparison.Ordinal));
        Assert.Contains($"by process {client.Owners.Self.ProcessId} on this, since ", told, StringComparison.Ordinal);
        Assert.Contains("has not changed until 00:01:3", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SlowSubmission_WhoseClaimWasTakenOver_SendsNothing()
    {
        var paused = false;
        using var next = new RunClient(_plane, _store, _clock, OwnerState.Gone);
        using var slow = new RunClient(_plane, _store, _clock, OwnerState.Unknown, what =>
        {
            // A pause of the whole machine, just before its request, in which another takes over.
            if (!paused && what.StartsWith("after write", StringComparison.Ordinal))
            {
                paused = true;
                _clock.Advance(RunLeases.Lease + TimeSpan.FromMinutes(1));
                next.SubmitAsync().GetAwaiter().GetResult();
            }
        });

        var run = await _clock.DriveAsync(Task.Run(() => slow.SubmitAsync()));

        Assert.True(paused);
        Assert.Equal(_plane.IdOf(run.WorkloadName), run.WorkloadId);
        Assert.Single(_plane.Created);
    }

    [Fact]
    public async Task AnotherSpecification_IsAnErrorThatSaysWhatDiffers()
    {
        using var client = Client();
        await client.SubmitAsync();

        var error = await Assert.ThrowsAsync<RunAiException>(() => client.SubmitAsync("other"));

        Assert.Equal(ErrorIds.RunConflict, error.ErrorId);
        Assert.Contains(": command differs.", error.Message, StringComparison.Ordinal);
        Assert.Single(_plane.Created);
    }

    [Fact]
    public async Task Force_MakesAnotherAttempt_OnceTheWorkloadIsOver()
    {
        using var client = Client();
        var first = await client.SubmitAsync();

        Assert.Equal(
            ErrorIds.RunConflict, (await Assert.ThrowsAsync<RunAiException>(() => client.SubmitAsync("other", force: true))).ErrorId);
        Assert.Equal(first.WorkloadId, (await client.SubmitAsync(force: true)).WorkloadId);

        _plane.End(first.WorkloadName, "Failed");
        var second = await client.SubmitAsync("other", force: true);

        Assert.Equal((first.RunId, 2, first.WorkloadName + "-2"), (second.RunId, second.Attempt, second.WorkloadName));
        Assert.Equal(2, _plane.Created.Count);
        Assert.True(client.Store.Objects.ContainsKey($"data/{first.RunId}/attempts/2/manifest.json"));
        Assert.Equal((2, StepRunState.Submitted), (
            (await client.Journal.LastAsync(first.RunId, default))!.Attempt,
            (await client.Journal.LastAsync(first.RunId, default))!.State));
        Assert.Equal(second.WorkloadId, (await client.SubmitAsync("other")).WorkloadId);
    }

    [Fact]
    public async Task RefusedSubmission_IsSentAgain_WithAnyChange()
    {
        using var client = Client();
        _plane.Refusal = 403;
        await Assert.ThrowsAsync<RunAiApiException>(() => client.SubmitAsync());
        _plane.Refusal = null;

        var run = await client.SubmitAsync("repaired");

        Assert.Equal((StepRunState.Submitted, 1), (run.State, run.Attempt));
        Assert.Single(_plane.Created);
    }

    [Fact]
    public async Task WorkloadOfAnotherRunWithTheName_IsAnError()
    {
        using var client = Client();
        var run = await client.SubmitAsync();
        _plane.Created[0]["spec"]!["labels"]![0]!["value"] = "01JD0000000000000099999999";
        _store.Objects.Clear();

        var error = await Assert.ThrowsAsync<RunAiException>(() => client.SubmitAsync());

        Assert.Equal((ErrorIds.WorkloadNameTaken, run.WorkloadName), (error.ErrorId, error.Target));
        Assert.Single(_plane.Created);
    }

    private RunClient Client(OwnerState? others = null) => new(_plane, _store, _clock, others);

    /// <summary>Another machine's first entry, and no more of it.</summary>
    private static async Task BeginAsync(RunClient client)
    {
        using var elsewhere = new RunClient(new WorkloadPlane(), new MemoryStore(), TimeProvider.System);
        await elsewhere.SubmitAsync();
        var bytes = elsewhere.Store.Objects[$"runs/{RunClient.RunIdOfKey}/0000.json"];
        var record = WireJson.Map<RunRecord>(WireJson.Read(new MemoryStream(bytes)));
        await client.Journal.TryBeginAsync(record, default);
    }
}
