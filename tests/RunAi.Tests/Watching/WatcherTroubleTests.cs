using RunAi.Watching;
using static RunAi.Tests.Watching.WatchBench;

namespace RunAi.Tests.Watching;

public class WatcherTroubleTests
{
    private readonly WatchBench _bench = new();

    [Fact]
    public async Task Watch_TwoHoursOutage_WarnsOnceAMinuteAndGoesOn()
    {
        _bench.Source.Then("a", 0, "Running").Then("a", 8_000, "Completed");
        _bench.Source.LookTrouble = at => at is >= 60 and < 7_260 ? new HttpRequestException("Connection refused") : null;

        await _bench.WatchAsync(Request(delete: true));

        Assert.Equal(WatchOutcomeKind.Completed, _bench.Outcome.Kind);
        Assert.InRange(_bench.Log.Warnings.Count, 100, 122);
        Assert.Contains("Connection refused", _bench.Log.Warnings[0]);
        Assert.Contains("waiting goes on", _bench.Log.Warnings[0]);
        Assert.Contains("for 01:", _bench.Log.Warnings[70]);
        Assert.Contains("name-a, which is left alone", _bench.Log.Warnings[0]);
        Assert.StartsWith("The control plane answers again after 02:0", _bench.Log.Warnings[^1], StringComparison.Ordinal);
        Assert.True(_bench.Source.Looks.Count(at => at is >= 60 and < 7_260) >= 240, "It looks on through the outage.");
        Assert.Empty(_bench.Source.Calls);
    }

    [Fact]
    public async Task Watch_OutageFromTheStart_IsWaitedThrough()
    {
        _bench.Source.Then("a", 0, "Pending").Then("a", 50, "Completed");
        _bench.Source.LookTrouble = at => at < 100 ? new HttpRequestException("No such host") : null;

        await _bench.WatchAsync(Request(pending: 10, workload: 20, run: 5, delete: true));

        Assert.Equal(WatchOutcomeKind.Completed, _bench.Outcome.Kind);
        Assert.Equal("a", _bench.Progress[0].Only!.Name);
        Assert.Empty(_bench.Source.Calls);
    }

    [Fact]
    public async Task Watch_FlappingControlPlane_WarnsOnceAMinuteAtMost()
    {
        var looks = 0;
        _bench.Source.Then("a", 0, "Running").Then("a", 120, "Completed");
        _bench.Source.LookTrouble = _ => looks++ % 2 == 1 ? new HttpRequestException("reset") : null;

        await _bench.WatchAsync(
            new WatchOptions { MonitoringInterval = TimeSpan.FromSeconds(1) }, default, Request());

        Assert.InRange(_bench.Log.Warnings.Count(line => line.StartsWith("No answer", StringComparison.Ordinal)), 1, 2);
        Assert.InRange(_bench.Log.Warnings.Count, 2, 4);
    }

    public static TheoryData<string> Troubles => new(Kinds.Keys);

    private static Dictionary<string, Func<Exception>> Kinds { get; } = new()
    {
        ["401 storm"] = () => new RunAiAuthenticationException("The token was refused."),
        ["404"] = () => new RunAiApiException(ErrorIds.WorkloadNotFound, "404 not found") { StatusCode = 404 },
        ["HTML"] = () => new RunAiApiException(ErrorIds.ApiError, "<html>\n" + new string('x', 10_000)) { StatusCode = 502 },
        ["our own time-out"] = () => new TaskCanceledException("The request timed out."),
        ["a fault of ours"] = () => new InvalidOperationException("Sequence contains no elements"),
        ["no words"] = () => new IOException(""),
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Watch_LooksThatFail_NeverEndTheWaitNorTouchTheWorkload(string kind)
    {
        _bench.Source.Then("a", 0, "Running").Then("a", 2_000, "Completed");
        _bench.Source.LookTrouble = at => at is > 10 and < 1_990 ? Kinds[kind]() : null;

        await _bench.WatchAsync(Request(delete: true));

        Assert.Equal(WatchOutcomeKind.Completed, _bench.Outcome.Kind);
        Assert.All(_bench.Log.Warnings, line => Assert.InRange(line.Length, 20, 500));
        Assert.NotEmpty(_bench.Log.Warnings);
        Assert.Empty(_bench.Source.Calls);
    }

    [Fact]
    public async Task Watch_MissingFromTwoLooks_IsNotDeleted()
    {
        _bench.Source.Then("a", 0, "Running").Then("a", 2, null).Then("a", 5, "Running").Then("a", 10, null)
            .Then("a", 15, "Completed");

        await _bench.WatchAsync(Request(delete: true));

        Assert.Equal(2, _bench.Source.Looks.Count(at => at is >= 2 and < 5));
        Assert.Equal(WatchOutcomeKind.Completed, _bench.Outcome.Kind);
    }

    [Fact]
    public async Task Watch_MissingFromThreeLooks_IsDeleted()
    {
        _bench.Source.Then("a", 0, "Running").Then("a", 100, "Deleting").Then("a", 130, null);
        var outages = 0;
        _bench.Source.LookTrouble = at => at > 130 && outages++ % 2 == 1 ? new HttpRequestException("reset") : null;

        await _bench.WatchAsync(Request(workload: 1_000, delete: true));

        Assert.Equal(WatchOutcomeKind.Deleted, _bench.Outcome.Kind);
        Assert.True(_bench.Outcome.IsDeleted);
        Assert.Equal("Deleting", _bench.Outcome.Workload.Phase);
        Assert.Equal(5, _bench.Source.Looks.Count(at => at >= 130));
        Assert.Empty(_bench.Source.Calls);
    }

    [Fact]
    public async Task Watch_NeverThere_IsDeletedUnderTheNameGiven()
    {
        _bench.Source.Then("a", 0, null);

        await _bench.WatchAsync(new WatchRequest("a", "my-step"));

        Assert.Equal(WatchOutcomeKind.Deleted, _bench.Outcome.Kind);
        Assert.Equal(
            ("a", "my-step", ""), (_bench.Outcome.Workload.WorkloadId, _bench.Outcome.Workload.Name, _bench.Outcome.Workload.Phase));
        Assert.Equal(3, _bench.Source.Looks.Count);
    }
}
