using System.Collections;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using RunAi.Runs.Retries;

namespace RunAi.Tests.Runs;

public class RetryPolicyTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Read_ATable_TakesCausesTimesAndDefaults()
    {
        var policy = RetryPolicyReader.Read(
            new Hashtable { ["preempted"] = 3, ["Infrastructure"] = "2", ["Window"] = "02:00:00", ["Backoff"] = 5 });

        Assert.Equal((3, 2), (policy.Limits[RetryCategory.Preempted], policy.Limits[RetryCategory.Infrastructure]));
        Assert.False(policy.Limits.ContainsKey(RetryCategory.UserCode));
        Assert.Equal(
            (TimeSpan.FromHours(2), TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5)), (policy.Window, policy.Backoff, policy.MaxBackoff));
    }

    [Theory]
    [InlineData("Preempt", 3, "Did you mean Preempted?")]
    [InlineData("Never", 3, "is no cause to retry for")]
    [InlineData("UserCode", -1, "-1 is not from 0 to 100.")]
    [InlineData("UserCode", 101, "101 is not from 0 to 100.")]
    [InlineData("UserCode", "often", "'often' is not a whole number.")]
    [InlineData("UserCode", null, "has no value.")]
    [InlineData("Window", 0, "is not above zero.")]
    [InlineData("Window", "long", "is not a duration. Write a number of seconds, a number with a unit such as 90s")]
    [InlineData("Window", "36:00:00", "would be 36 days")]
    [InlineData("MaxBackoff", 1, "is below Backoff")]
    public void Read_WhatIsWrong_IsRefusedWithWhatIsRight(string key, object? value, string words)
    {
        var refused = Assert.Throws<StepSettingsException>(() => RetryPolicyReader.Read(new Hashtable { [key] = value }));

        Assert.Contains(words, Assert.Single(refused.Violations).ToString());
        Assert.Equal(ErrorIds.InvalidStep, refused.ErrorId);
    }

    [Fact]
    public void Read_SeveralFaults_NamesThemAll() => Assert.Equal(
        2, Assert.Throws<StepSettingsException>(() => RetryPolicyReader.Read(
            new Hashtable { ["Foo"] = 1, ["UserCode"] = -1 })).Violations.Count);

    [Theory]
    [InlineData(DiagnosisCause.Preempted, false, "Preempted")]
    [InlineData(DiagnosisCause.NodeLost, false, "Infrastructure")]
    [InlineData(DiagnosisCause.ControlPlane, false, "Infrastructure")]
    [InlineData(DiagnosisCause.ImagePull, true, "Infrastructure")]
    [InlineData(DiagnosisCause.ImagePull, false, "Never")]
    [InlineData(DiagnosisCause.Mount, true, "Infrastructure")]
    [InlineData(DiagnosisCause.Mount, false, "Never")]
    [InlineData(DiagnosisCause.Capacity, true, "Infrastructure")]
    [InlineData(DiagnosisCause.Capacity, false, "Never")]
    [InlineData(DiagnosisCause.UserCode, false, "UserCode")]
    [InlineData(DiagnosisCause.OutOfMemory, false, "UserCode")]
    [InlineData(DiagnosisCause.Quota, true, "Never")]
    [InlineData(DiagnosisCause.Policy, true, "Never")]
    [InlineData(DiagnosisCause.Timeout, true, "Never")]
    [InlineData(DiagnosisCause.Suspended, true, "Never")]
    [InlineData(DiagnosisCause.Unknown, true, "Never")]
    [InlineData(DiagnosisCause.None, true, "Never")]
    public void CategoryOf_EachCause_IsAsDocumented(DiagnosisCause cause, bool transient, string category) => Assert.Equal(
        category, RetryPolicy.CategoryOf(new WorkloadDiagnosis { Cause = cause, IsTransient = transient }).ToString());

    [Fact]
    public void Decide_CountsEachCategoryByItself()
    {
        var policy = RetryPolicyReader.Read(new Hashtable { ["Preempted"] = 1, ["UserCode"] = 1 });
        var history = new RetryHistory(_time.GetUtcNow());

        Assert.True(Take(policy, history, DiagnosisCause.Preempted));
        Assert.False(Take(policy, history, DiagnosisCause.Preempted));
        Assert.True(Take(policy, history, DiagnosisCause.UserCode));
        Assert.False(Take(policy, history, DiagnosisCause.UserCode));
        Assert.False(Take(policy, history, DiagnosisCause.NodeLost));
    }

    [Fact]
    public void Decide_NothingSet_NeverRetries() =>
        Assert.False(Take(RetryPolicy.None, new RetryHistory(_time.GetUtcNow()), DiagnosisCause.UserCode));

    [Fact]
    public void Decide_WaitsGrowToTheCap()
    {
        var policy = RetryPolicyReader.Read(new Hashtable { ["Preempted"] = 10, ["Backoff"] = 10, ["MaxBackoff"] = 100 });
        var history = new RetryHistory(_time.GetUtcNow());

        Assert.Equal([20, 35, 55, 55], Enumerable.Range(0, 4).Select(_ => Delay(policy, history, 0.5)));

        double Delay(RetryPolicy p, RetryHistory h, double random)
        {
            var decision = p.Decide(new WorkloadDiagnosis { Cause = DiagnosisCause.Preempted }, h, _time.GetUtcNow(), () => random);
            h.Add(decision.Category, decision.Delay);
            return decision.Delay.TotalSeconds;
        }
    }

    [Theory]
    [InlineData(109, true)]
    [InlineData(110.001, false)]
    public void Decide_AtTheEndOfTheWindow_StartsNoMore(double elapsed, bool due)
    {
        var policy = RetryPolicyReader.Read(new Hashtable { ["Preempted"] = 10, ["Window"] = 120 });
        var history = new RetryHistory(_time.GetUtcNow());
        _time.Advance(TimeSpan.FromSeconds(elapsed));

        Assert.Equal(
            due, policy.Decide(new WorkloadDiagnosis { Cause = DiagnosisCause.Preempted }, history, _time.GetUtcNow(), () => 0).IsDue);
    }

    [Fact]
    public void Decide_ForAnyRandomness_KeepsWithinBackoffAndCap() =>
        Gen.Select(Gen.Double[0, 0.999999], Gen.Double[1, 1000], Gen.Double[1, 5000], Gen.Double[0, 5000])
            .Sample((random, backoff, more, last) =>
            {
                var policy = new RetryPolicy
                {
                    Limits = new Dictionary<RetryCategory, int> { [RetryCategory.Preempted] = 5 },
                    Backoff = TimeSpan.FromSeconds(backoff),
                    MaxBackoff = TimeSpan.FromSeconds(backoff + more),
                };
                var history = new RetryHistory(_time.GetUtcNow());
                history.Add(RetryCategory.Preempted, TimeSpan.FromSeconds(last));
                var delay = policy.Decide(
                    new WorkloadDiagnosis { Cause = DiagnosisCause.Preempted }, history, _time.GetUtcNow(), () => random).Delay;
                return delay >= policy.Backoff && delay <= policy.MaxBackoff;
            });

    private bool Take(RetryPolicy policy, RetryHistory history, DiagnosisCause cause)
    {
        var decision = policy.Decide(new WorkloadDiagnosis { Cause = cause }, history, _time.GetUtcNow(), () => 0.5);
        if (decision.IsDue)
        {
            history.Add(decision.Category, decision.Delay);
        }

        return decision.IsDue;
    }
}
