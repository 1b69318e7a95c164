using CsCheck;
using Microsoft.Extensions.Time.Testing;
using RunAi.Runs;

namespace RunAi.Tests.Runs;

public sealed class RunIdTests
{
    [Fact]
    public void New_LaterTime_SortsLaterAndTellsTheTime()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(55));
        var first = RunId.New(time);
        time.Advance(TimeSpan.FromMilliseconds(1));
        var second = RunId.New(time);

        Assert.True(string.CompareOrdinal(first, second) < 0);
        Assert.Equal(time.GetUtcNow(), Ulid.Parse(second).Time);
    }

    [Fact]
    public void New_SameInstant_DiffersInItsLastEightCharacters()
    {
        var time = new FakeTimeProvider();
        string[] suffixes = [.. Enumerable.Range(0, 1000).Select(_ => RunId.New(time)[^8..])];
        Assert.Equal(1000, suffixes.Distinct().Count());
    }

    [Fact]
    public void FromKey_AnyKey_IsAlwaysTheSameUlid() => Gen.Select(Gen.String, Gen.String).Sample((key, project) =>
    {
        var id = RunId.FromKey(key, "https://org.run.ai", project);
        Assert.Equal(id, RunId.FromKey(key, "https://org.run.ai/", project));
        Assert.Matches("^[0-7][0-9A-HJKMNP-TV-Z]{25}$", id);
        Assert.Equal(id, Ulid.Parse(id).ToString());
    });

    [Fact]
    public void FromKey_KnownInput_NeverChanges() =>
        Assert.Equal("3BPN1GWMX165W1CTQNZCPCTSEK", RunId.FromKey("build-17.1", "https://org.run.ai", "vision"));

    [Fact]
    public void FromKey_AnotherKeyProjectOrControlPlane_IsAnotherRun()
    {
        string[] ids =
        [
            RunId.FromKey("ab", "https://a", "c"),
            RunId.FromKey("b", "https://a", "ca"),
            RunId.FromKey("ab", "https://a", "d"),
            RunId.FromKey("ab", "https://b", "c"),
            RunId.FromKey("", "https://a", "cab"),
        ];
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }
}
