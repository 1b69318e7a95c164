using RunAi.Files;

namespace RunAi.Tests.Artifacts;

/// <summary>Many who put a file in one place at once: nobody fails, and one of them is there whole.</summary>
public sealed class ReplacementTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Replace_ManyAtOnce_NobodyFails()
    {
        const int Rounds = 100;
        const int Racers = 6;
        for (var round = 0; round < Rounds; round++)
        {
            var target = _folder[$"target{round}"];
            using var start = new Barrier(Racers);
            await Task.WhenAll(Enumerable.Range(0, Racers).Select(racer => Task.Factory.StartNew(
                () =>
                {
                    var part = _folder[$"part{racer}"];
                    File.WriteAllText(part, $"racer {racer}");
                    start.SignalAndWait();
                    FilePlatform.Replace(part, target);
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));

            Assert.Matches(@"\Aracer \d\z", File.ReadAllText(target));
        }
    }

    [Fact]
    public void Replace_WithoutAFolder_SaysWhere()
    {
        File.WriteAllText(_folder["a"], "a");

        var error = Assert.ThrowsAny<IOException>(() => FilePlatform.Replace(_folder["a"], _folder["none/b"]));

        Assert.Contains("none", error.Message, StringComparison.Ordinal);
    }
}
