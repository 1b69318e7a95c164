using RunAi.Artifacts;

namespace RunAi.Tests.Artifacts;

public sealed class FileStoreTests : StoreContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("runai store ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private protected override Task<IArtifactStore> OpenAsync() =>
        OpenedStore.OpenAsync(new ArtifactStore { Name = "f", Uri = new Uri(_folder).AbsoluteUri });

    [Fact]
    public async Task Signer_GivesPathsThatNeverLapse()
    {
        var signer = await (await OpenAsync()).SignerAsync(TimeSpan.FromHours(1), None);

        Assert.Equal(Path.Combine(_folder, "runs", "1", "log"), signer.Put("runs/1/log"));
        Assert.Equal(signer.Put("runs/1/log"), signer.Get("runs/1/log"));
        Assert.Null(signer.ExpiresAt);
        Assert.Throws<ArtifactException>(() => signer.Put("../outside"));
    }

    [Fact]
    public async Task SmallObjects_AreWrittenAndReadWithoutAChangeOfThreads()
    {
        var store = await OpenAsync();

        Assert.True(store.TryCreateAsync("record", Bytes("first"), None).IsCompleted);
        Assert.True(store.WriteAsync("record", Bytes("second"), None).IsCompleted);
        var read = store.ReadAsync("record", 0, 100, None);

        Assert.True(read.IsCompleted);
        Assert.Equal(Bytes("second"), await read);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.WriteAsync("record", Bytes("third"), new(canceled: true)));
        Assert.Equal(Bytes("second"), await store.ReadAsync("record", 0, 100, None));
    }

    [Fact]
    public async Task TryCreate_ManyNamesAndThreads_EachNameIsWonOnceAndNeverReadInPart()
    {
        var store = await OpenAsync();
        var content = new string('x', 100_000);
        var wins = new int[40];

        await Task.WhenAll(Enumerable.Range(0, 16).Select(racer => Task.Run(async () =>
        {
            for (var i = 0; i < wins.Length; i++)
            {
                if (await store.TryCreateAsync($"race/{i}", Bytes(racer.ToString("x", null) + content), None))
                {
                    Interlocked.Increment(ref wins[i]);
                }

                Assert.Equal(content.Length + 1, (await store.ReadAsync($"race/{i}", 0, 1_000_000, None))!.Length);
            }
        })));

        Assert.All(wins, count => Assert.Equal(1, count));
        Assert.Equal(wins.Length, Directory.GetFiles(Path.Combine(_folder, "race")).Length);
    }

    [Fact]
    public void TryWrite_WhereThereAreNoHardLinks_StillLetsOneWin()
    {
        var wins = 0;
        Parallel.For(0, 20, i =>
        {
            var part = Path.Combine(_folder, $"part{i}");
            File.WriteAllText(part, $"racer {i}");
            if (ExclusiveFile.TryWrite(part, Path.Combine(_folder, "target")))
            {
                Interlocked.Increment(ref wins);
            }
        });

        Assert.Equal(1, wins);
        Assert.StartsWith("racer", File.ReadAllText(Path.Combine(_folder, "target")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_WhereAFolderIsInTheWay_FailsInWordsOfOurs()
    {
        var store = await OpenAsync();
        await store.WriteAsync("a", [1], None);

        var error = await Assert.ThrowsAsync<ArtifactException>(() => store.WriteAsync("a/b", [1], None));

        Assert.Equal(ErrorIds.ArtifactFailed, error.ErrorId);
        Assert.Contains(new Uri(_folder).AbsoluteUri, error.Message, StringComparison.Ordinal);
    }
}
