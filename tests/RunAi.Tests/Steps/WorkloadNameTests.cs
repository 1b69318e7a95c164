using CsCheck;
using Microsoft.Extensions.Time.Testing;
using RunAi.Runs;
using RunAi.Workloads;

namespace RunAi.Tests.Steps;

public sealed class WorkloadNameTests
{
    private static readonly Gen<string> StepName = Gen.Select(
        Gen.Char["abzABZ019"], Gen.String[Gen.Char["abzABZ019._-"], 0, 62], (head, tail) => head + tail);

    [Fact]
    public void Create_AnyStepName_IsAShortDnsLabelWithTheSuffix()
    {
        var time = new FakeTimeProvider();
        Gen.Select(Gen.OneOf(Gen.Const("runai"), Gen.String), Gen.OneOf(StepName, Gen.String)).Sample((prefix, step) =>
        {
            var runId = RunId.New(time);
            var name = WorkloadName.Create(prefix, step, runId);

            Assert.Matches(@"\A[a-z]([-a-z0-9]*[a-z0-9])?\z", name);
            Assert.InRange(name.Length, WorkloadName.SuffixLength + 2, 50);
            Assert.EndsWith("-" + runId[^8..].ToLowerInvariant(), name, StringComparison.Ordinal);
            Assert.DoesNotContain("--", name, StringComparison.Ordinal);
            Assert.Equal(name, WorkloadName.Create(prefix, step, runId));
        });
    }

    [Theory]
    [InlineData("runai", "train", "runai-train-4g7c2h9k")]
    [InlineData("runai", "Train_Model.v2", "runai-train-model-v2-4g7c2h9k")]
    [InlineData("runai", "train-", "runai-train-4g7c2h9k")]
    [InlineData("7", "x", "runai-7-x-4g7c2h9k")]
    [InlineData("ci", "a-name-that-is-so-long-that-only-a-p.t-of-it", "ci-a-name-that-is-so-long-that-only-a-p-t-4g7c2h9k")]
    [InlineData("ci", "a-name-that-is-so-long-that-only-aaa-p.t-of-it", "ci-a-name-that-is-so-long-that-only-aaa-p-4g7c2h9k")]
    public void Create_StepName_ReadsAs(string prefix, string step, string expected) =>
        Assert.Equal(expected, WorkloadName.Create(prefix, step, "01J9ZZ00000000000V4G7C2H9K"));

    [Fact]
    public void Create_ReservedFormat_LeavesNoDashBeforeTheSuffix() =>
        Assert.Equal("runai-abcdefghijklmnopqrstuvwxyz12345678-4g7c2h9k",
            WorkloadName.Create("runai", "abcdefghijklmnopqrstuvwxyz12345678-cut", "01J9ZZ00000000000V4G7C2H9K"));
}
