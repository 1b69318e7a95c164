using Microsoft.Extensions.Time.Testing;
using RunAi.Watching;

namespace RunAi.Tests.Watching;

public class PendingReasonsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _asked = [];

    [Fact]
    public void AddTo_AskedAgainAndAgain_AsksAboutTheFirstFewEveryTenSeconds()
    {
        var reasons = Reasons(_ => Quota());
        WatchProgress[] open = [.. Enumerable.Range(1, 1000).Select(i => Waiting($"w{i}"))];

        for (var second = 0; second < 25; second++)
        {
            reasons.AddTo(open, CancellationToken.None);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["w1", "w2", "w3"], _asked.Distinct());
        Assert.Equal(9, _asked.Count);
    }

    [Fact]
    public void AddTo_WhenTheReasonIsKnown_ShowsIt() =>
        Assert.Equal("Quota: too small", Assert.Single(Reasons(_ => Quota()).AddTo([Waiting("w")], CancellationToken.None)).WhyPending);

    [Fact]
    public void AddTo_WhatRunsOrHasJustBegunToWait_IsNotAskedAbout()
    {
        Reasons(_ => Quota()).AddTo([Waiting("new", seconds: 2), Waiting("on") with { Phase = "Running" }], CancellationToken.None);

        Assert.Empty(_asked);
    }

    [Fact]
    public void AddTo_WhenAskingFails_KeepsWhatTheLookToldAndAsksLater()
    {
        var reasons = Reasons(_ => Task.FromException<WorkloadDiagnosis>(new RunAiException(ErrorIds.ApiError, "502")));

        Assert.Equal("queued", Assert.Single(reasons.AddTo([Waiting("w")], CancellationToken.None)).WhyPending);
        _time.Advance(TimeSpan.FromSeconds(10));
        reasons.AddTo([Waiting("w")], CancellationToken.None);
        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public void AddTo_WhileAnAnswerIsOut_DoesNotAskAgain()
    {
        var reasons = Reasons(_ => new TaskCompletionSource<WorkloadDiagnosis>().Task);
        reasons.AddTo([Waiting("w")], CancellationToken.None);
        _time.Advance(TimeSpan.FromMinutes(1));
        reasons.AddTo([Waiting("w")], CancellationToken.None);

        Assert.Single(_asked);
    }

    private static Task<WorkloadDiagnosis> Quota() =>
        Task.FromResult(new WorkloadDiagnosis { Cause = DiagnosisCause.Quota, Summary = "too small" });

    private static WatchProgress Waiting(string id, int seconds = 5) => new()
    {
        WorkloadId = id,
        Name = id,
        Phase = "Pending",
        Elapsed = TimeSpan.FromSeconds(seconds),
        WhyPending = "queued",
    };

    private PendingReasons Reasons(Func<WatchProgress, Task<WorkloadDiagnosis>> examine) => new(
        (progress, _) =>
        {
            _asked.Add(progress.WorkloadId);
            return examine(progress);
        },
        _time);
}
