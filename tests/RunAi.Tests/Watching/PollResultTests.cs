using Microsoft.Extensions.Time.Testing;
using RunAi.ControlPlane.Wire;
using RunAi.Watching;

namespace RunAi.Tests.Watching;

/// <summary>What is asked in one look, and what is made of the answers.</summary>
public class PollResultTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedProject _project;
    private readonly WorkloadPoller _hub;

    public PollResultTests()
    {
        _project = new ScriptedProject(_time);
        _hub = new WorkloadPoller(_time);
    }

    [Fact]
    public async Task Look_AtMany_AsksForAllAndThenForWhatChanged()
    {
        using var waiter = Follow("a", "b", "c");
        _project.Then("a", 0, "Running").Then("b", 0, "Pending").Then("c", 0, "Pending").Then("b", 31, "Running");

        Assert.Equal(["a Running", "b Pending", "c Pending"], await LookAsync(waiter));
        Assert.Empty(await LookAsync(waiter, after: 30));
        Assert.Equal(["b Running"], await LookAsync(waiter, after: 1.5));
        Assert.Empty(await LookAsync(waiter, after: 1));

        Assert.Equal(
            [
                "list name=^run- +0", "list phaseUpdatedAt>=-10,name=^run- +0", "list phaseUpdatedAt>=20,name=^run- +0",
                "list phaseUpdatedAt>=21.5,name=^run- +0",
            ],
            _project.Requests);
    }

    [Fact]
    public async Task Look_EveryTenth_IsAtEverything()
    {
        using var waiter = Follow("a", "b");
        _project.Then("a", 0, "Running").Then("b", 0, "Running");

        for (var i = 0; i < 21; i++)
        {
            await LookAsync(waiter, after: 30);
        }

        Assert.Equal([0, 10, 20], Enumerable.Range(0, 21).Where(i => _project.Requests[i] == "list name=^run- +0"));
        Assert.Equal(21, _project.Requests.Count);
    }

    [Fact]
    public async Task Look_AtOne_IsByItsIdAndTellsWhenItChanged()
    {
        using var waiter = Follow("a");
        _project.Then("a", 0, "Pending").Then("a", 5, "Running");

        Assert.Equal(["a Pending"], await LookAsync(waiter));
        Assert.Empty(await LookAsync(waiter, after: 1));
        Assert.Equal(["a Running"], await LookAsync(waiter, after: 4));
        Assert.Equal(["get a", "get a", "get a"], _project.Requests);
    }

    [Fact]
    public async Task Look_AtAFewInALargeProject_IsByIdWhereThatIsFewer()
    {
        _project.PageSize = 1;
        foreach (var i in Enumerable.Range(0, 7))
        {
            _project.Then("x" + i, 0, "Running");
        }

        _project.Then("a", 0, "Running").Then("b", 0, "Running");
        using var waiter = Follow("a", "b");
        for (var i = 0; i < 11; i++)
        {
            await LookAsync(waiter, after: 30);
        }

        Assert.Equal(9, _project.Requests.Count(request => request.StartsWith("list name=^run- +", StringComparison.Ordinal)));
        Assert.Equal(["get a", "get b"], _project.Requests.TakeLast(2));
    }

    [Fact]
    public async Task Look_AtManyPages_AsksForEachOnce()
    {
        _project.PageSize = 10;
        var ids = Enumerable.Range(0, 40).Select(i => $"w{i:00}").ToArray();
        Array.ForEach(ids, id => _project.Then(id, 0, "Running"));
        using var waiter = Follow(ids);

        Assert.Equal(40, (await LookAsync(waiter)).Length);
        Assert.Equal(["list name=^run-w +0", "list name=^run-w +10", "list name=^run-w +20", "list name=^run-w +30"], _project.Requests);
    }

    [Fact]
    public async Task Look_WantedClosely_IsToldThoughNothingChanged()
    {
        _project.PageSize = 1;
        using var waiter = Follow("a", "b", "c");
        _project.Then("a", 0, "Running").Then("b", 0, "Running").Then("c", 0, "Running");
        await LookAsync(waiter);
        await LookAsync(waiter, after: 60);

        Assert.Equal(["b Running"], await LookAsync(waiter, after: 60, "b"));
        Assert.Equal("get b", _project.Requests[^1]);
        Assert.Empty(await LookAsync(waiter, after: 60));
    }

    [Fact]
    public async Task Look_MissingThreeTimes_IsAskedForByIdAndOnlyThenTold()
    {
        using var waiter = Follow("a", "b");
        _project.Then("a", 0, "Running").Then("b", 0, "Running").Then("b", 1, null);
        await LookAsync(waiter);

        // Only a look at everything can tell; the tenth is one, and so are those after it.
        for (var i = 0; i < 9; i++)
        {
            Assert.Empty(await LookAsync(waiter, after: 30));
        }

        Assert.Equal(["b ?"], await LookAsync(waiter, after: 30));
        Assert.Equal(["b ?"], await LookAsync(waiter, after: 1));
        Assert.DoesNotContain("get b", _project.Requests);
        Assert.Equal(["b ?"], await LookAsync(waiter, after: 1));
        Assert.Equal("get b", _project.Requests[^1]);
    }

    [Fact]
    public async Task Look_MissingFromListsButThereById_IsToldAsFound()
    {
        using var waiter = Follow("a", "b");
        _project.Then("a", 0, "Running").Then("b", 0, "Running");
        await LookAsync(waiter);
        _project.Garble = (_, rows) => rows.Where(row => row.Id != "b");
        var told = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            told.AddRange(await LookAsync(waiter, after: 30));
        }

        Assert.Equal(["b ?", "b ?", "b Running"], told);
    }

    [Fact]
    public async Task Look_MissingWithADoubtInBetween_IsNotToldMissingThriceWithoutBeingAskedForById()
    {
        using var waiter = Follow("a", "b");
        _project.Then("a", 0, "Running").Then("b", 0, "Pending").Then("b", 50, "Running");
        _time.Advance(TimeSpan.FromSeconds(100));
        await LookAsync(waiter);
        var isDoubt = false;
        _project.Garble = (_, rows) => rows.Where(row => row.Id != "b" || isDoubt);
        _project.Age = _ => isDoubt ? 80 : 0;
        var told = new List<string>();
        for (var i = 0; i < 15; i++)
        {
            isDoubt = told.Count == 2 && !isDoubt;
            told.AddRange(await LookAsync(waiter, after: 1));
        }

        Assert.True(told.TakeWhile(text => text == "b ?").Count() < TrackedWorkload.ConfirmingPolls, string.Join(", ", told));
    }

    [Fact]
    public async Task Look_AtOneThatAGatewayHides_AsksTheListToo()
    {
        _project.Then("a", 0, "Running");
        var hidden = new HidingLister(_project);
        using var other = _hub.Subscribe([new WatchRequest("a", "run-a")], hidden, "https://org.run.ai");

        Assert.Equal(["a Running"], await LookAsync(other));
        Assert.Equal(["list name==run-a,name=^run-a +0"], _project.Requests);
    }

    [Fact]
    public async Task Look_AnswerFromACopyThatLags_IsNotBelievedUntilThriceTold()
    {
        using var waiter = Follow("a", "b");
        _project.Then("a", 0, "Stopped").Then("a", 100, "Running").Then("b", 0, "Running");
        _time.Advance(TimeSpan.FromSeconds(200));
        await LookAsync(waiter);
        _project.Age = _ => 150;
        var told = new List<string>();
        for (var i = 0; i < 11; i++)
        {
            told.AddRange(await LookAsync(waiter, after: 1));
        }

        Assert.Empty(told);
        _project.Age = _ => 0;
        for (var i = 0; i < 11; i++)
        {
            told.AddRange(await LookAsync(waiter, after: 1));
        }

        Assert.Empty(told);
    }

    [Fact]
    public async Task Look_ServersClockSetBack_ChangesAreSeenAllTheSame()
    {
        _project.Skew = second => second < 100 ? TimeSpan.FromHours(5) : TimeSpan.Zero;
        using var waiter = Follow("a", "b");
        _project.Then("a", 0, "Pending").Then("a", 90, "Running").Then("a", 120, "Completed").Then("b", 0, "Running");
        await LookAsync(waiter);
        _time.Advance(TimeSpan.FromSeconds(95));
        Assert.Equal(["a Running"], await LookAsync(waiter));
        var told = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            told.AddRange(await LookAsync(waiter, after: 30));
        }

        Assert.Equal(["a Completed"], told.Distinct().Where(text => text[0] == 'a'));
    }

    [Fact]
    public async Task Look_ClustersClockBehind_IsLearntFromTheFirstLateChange()
    {
        _project.ClusterSkew = TimeSpan.FromSeconds(-120);
        using var waiter = Follow("a", "b");
        _project.Then("a", 0, "Pending").Then("a", 61, "Running").Then("a", 700, "Completed").Then("b", 0, "Running");
        await LookAsync(waiter);
        for (var i = 0; i < 9; i++)
        {
            Assert.Empty(await LookAsync(waiter, after: 60));
        }

        Assert.Equal(["a Running"], await LookAsync(waiter, after: 60));
        Assert.Empty(await LookAsync(waiter, after: 60));
        Assert.Equal(["a Completed"], await LookAsync(waiter, after: 60));
    }

    [Fact]
    public async Task Look_FailsHalfway_TheNextOneMakesUpForIt()
    {
        _project.PageSize = 1;
        using var waiter = Follow("a", "b", "c");
        _project.Then("a", 0, "Running").Then("b", 0, "Running").Then("c", 0, "Running");
        _project.OnRequest = (request, _) =>
            request.EndsWith("+2", StringComparison.Ordinal)
                ? throw new RunAiApiException(ErrorIds.ControlPlaneUnreachable, "reset")
                : Task.CompletedTask;
        await Assert.ThrowsAsync<RunAiApiException>(() => LookAsync(waiter));
        _project.OnRequest = (_, _) => Task.CompletedTask;

        Assert.Equal(["a Running", "b Running", "c Running"], await LookAsync(waiter, after: 1));
    }

    private PollSubscription Follow(params string[] ids) =>
        _hub.Subscribe([.. ids.Select(id => new WatchRequest(id, "run-" + id))], _project, "https://org.run.ai");

    private async Task<string[]> LookAsync(PollSubscription waiter, double after = 0, params string[] refreshIds)
    {
        _time.Advance(TimeSpan.FromSeconds(after));
        var look = await waiter.PollAsync(refreshIds, default);
        return [.. look.Found.Select(workload => $"{workload.WorkloadId} {workload.Phase}")
            .Concat(look.Missing.Select(id => id + " ?")).Order()];
    }

    /// <summary>Knows nobody by id.</summary>
    private sealed class HidingLister(ScriptedProject project) : IWorkloadLister
    {
        public DateTimeOffset ServerTime => project.ServerTime;

        public Task<RunAi.ControlPlane.Page<WorkloadRecord>> ListAsync(
            IReadOnlyList<string> filters, int offset, CancellationToken cancellationToken) =>
            project.ListAsync(filters, offset, cancellationToken);

        public Task<WorkloadRecord?> GetAsync(string id, CancellationToken cancellationToken) => Task.FromResult<WorkloadRecord?>(null);
    }
}
