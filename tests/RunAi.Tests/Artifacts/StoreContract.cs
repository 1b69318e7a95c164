using System.Security.Cryptography;
using System.Text;
using RunAi.Artifacts;

namespace RunAi.Tests.Artifacts;

/// <summary>What every artifact store promises.</summary>
public abstract class StoreContract
{
    private protected static readonly StoreOptions Small = new()
    {
        PartSize = 5 << 20,
        Parallelism = 3,
        Retries = 2,
        RetryDelay = TimeSpan.FromMilliseconds(20),
    };

    private protected static CancellationToken None => CancellationToken.None;

    /// <summary>Opens a fresh place of the store, or skips the test.</summary>
    private protected abstract Task<IArtifactStore> OpenAsync();

    [SkippableFact]
    public async Task TryCreate_OfManyAtOnce_OneWinsAndItsBytesAreThere()
    {
        var store = await OpenAsync();

        var won = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => Task.Run(() => store.TryCreateAsync("runs/1/0001.json", Bytes($"racer {i}"), None))));

        var winner = Assert.Single(Enumerable.Range(0, 20), i => won[i]);
        Assert.Equal($"racer {winner}", Text(await store.ReadAsync("runs/1/0001.json", 0, 1000, None)));
        Assert.False(await store.TryCreateAsync("runs/1/0001.json", Bytes("late"), None));
        Assert.Equal($"racer {winner}", Text(await store.ReadAsync("runs/1/0001.json", 0, 1000, None)));
        Assert.Equal("runs/1/0001.json", Assert.Single(await store.ListAsync("", None)).Key);
    }

    [SkippableFact]
    public async Task Write_OverAnother_ReplacesIt()
    {
        var store = await OpenAsync();

        await store.WriteAsync("state.json", Bytes("old and long"), None);
        await store.WriteAsync("state.json", Bytes("new"), None);

        Assert.Equal("new", Text(await store.ReadAsync("state.json", 0, 1000, None)));
        Assert.Equal(3, (await store.FindAsync("state.json", None))!.Size);
    }

    [SkippableFact]
    public async Task Read_Ranges_GiveWhatIsThere()
    {
        var store = await OpenAsync();
        await store.WriteAsync("log/0", Bytes("0123456789"), None);
        await store.WriteAsync("log/empty", [], None);

        Assert.Equal("345", Text(await store.ReadAsync("log/0", 3, 3, None)));
        Assert.Equal("89", Text(await store.ReadAsync("log/0", 8, 100, None)));
        Assert.Equal("", Text(await store.ReadAsync("log/0", 10, 5, None)));
        Assert.Equal("", Text(await store.ReadAsync("log/0", 99, 5, None)));
        Assert.Equal("", Text(await store.ReadAsync("log/empty", 0, 5, None)));
        Assert.Null(await store.ReadAsync("log/1", 0, 5, None));
        Assert.Null(await store.FindAsync("log/1", None));
    }

    [SkippableFact]
    public async Task List_ByPrefix_IsInOrdinalOrderAndKnowsSizes()
    {
        var store = await OpenAsync();
        foreach (var key in new[] { "a/b", "a/B", "a-b", "a/b/c", "ab", "b/a", "a/\u00e9" })
        {
            await store.WriteAsync(key.Replace("a/b/c", "a/c/d", StringComparison.Ordinal), Bytes(key), None);
        }

        Assert.Equal(["a-b", "a/B", "a/b", "a/c/d", "a/\u00e9", "ab"], (await store.ListAsync("a", None)).Select(stored => stored.Key));
        Assert.Equal(["a/c/d"], (await store.ListAsync("a/c", None)).Select(stored => stored.Key));
        Assert.Equal(3, (await store.ListAsync("a/b", None)).Single().Size);
        Assert.Empty(await store.ListAsync("nothing/here", None));
        var now = DateTimeOffset.Parse(DateTime.UnixEpoch.ToString("o"), System.Globalization.CultureInfo.InvariantCulture);
        Assert.All(await store.ListAsync("", None), stored => Assert.True(stored.ModifiedAt > now.AddYears(50)));
    }

    [SkippableFact]
    public async Task Delete_OfThereAndAbsent_LeavesTheRest()
    {
        var store = await OpenAsync();
        await store.WriteAsync("x/1", Bytes("1"), None);
        await store.WriteAsync("x/2", Bytes("2"), None);

        await store.DeleteAsync(["x/1", "x/absent", "y/absent"], None);

        Assert.Equal(["x/2"], (await store.ListAsync("", None)).Select(stored => stored.Key));
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(5 << 20)]
    [InlineData((5 << 20) + 1)]
    [InlineData(70_000_001)]
    public async Task UploadAndDownload_OfAnySize_GiveTheSameBytes(int size)
    {
        var store = await OpenAsync();
        var bytes = RandomNumberGenerator.GetBytes(size);
        using var content = new MemoryStream(bytes);
        using var back = new MemoryStream();
        long up = 0, down = 0;

        await store.UploadAsync("big/file.bin", content, n => Interlocked.Add(ref up, n), None);
        await store.DownloadAsync("big/file.bin", back, n => Interlocked.Add(ref down, n), None);

        Assert.Equal((size, size), (up, down));
        Assert.Equal(SHA256.HashData(bytes), SHA256.HashData(back.ToArray()));
        Assert.Equal(size, (await store.FindAsync("big/file.bin", None))!.Size);
    }

    [SkippableFact]
    public async Task Download_OfWhatIsNotThere_SaysSo()
    {
        var store = await OpenAsync();

        var error = await Assert.ThrowsAsync<ArtifactException>(() => store.DownloadAsync(
            "artifacts/none", new MemoryStream(), _ => { }, None));

        Assert.Equal(ErrorIds.ArtifactNotFound, error.ErrorId);
        Assert.Contains("artifacts/none", error.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("a b+c#d%e&f=g;h,i@j!k$.txt")]
    [InlineData("o'clock (1) [2] {3} ~^`.txt")]
    [InlineData("\u00fcml\u00e4ut \u65e5\u672c \ud83d\udd11/%2F%20.bin")]
    public async Task Names_WithAnyCharacter_ComeBack(string name)
    {
        var store = await OpenAsync();

        await store.WriteAsync("names/" + name, Bytes("here"), None);

        Assert.Equal("here", Text(await store.ReadAsync("names/" + name, 0, 100, None)));
        Assert.Equal(["names/" + name], (await store.ListAsync("names/", None)).Select(stored => stored.Key));
        Assert.False(await store.TryCreateAsync("names/" + name, [1], None));
        await store.DeleteAsync(["names/" + name], None);
        Assert.Null(await store.FindAsync("names/" + name, None));
    }

    [SkippableTheory]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("/etc/x")]
    [InlineData("a//b")]
    [InlineData("")]
    [InlineData("a\\b")]
    public async Task Keys_ThatLeadElsewhere_AreRefused(string key)
    {
        var store = await OpenAsync();

        Assert.Equal(
            ErrorIds.ArtifactFailed, (await Assert.ThrowsAsync<ArtifactException>(() => store.WriteAsync(key, [1], None))).ErrorId);
    }

    [SkippableFact]
    public async Task Upload_WhenTheSourceFails_StoresNothing()
    {
        var store = await OpenAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => store.UploadAsync("x/broken", new BreakingStream(12 << 20), _ => { }, None));

        Assert.Null(await store.FindAsync("x/broken", None));
        Assert.Empty(await store.ListAsync("x/", None));
    }

    [SkippableFact]
    public async Task Upload_ThatIsCancelled_EndsAsSuch()
    {
        var store = await OpenAsync();
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.UploadAsync(
            "x", new MemoryStream(new byte[10]), _ => { }, cancel.Token));
    }

    private protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private protected static string? Text(byte[]? bytes) => bytes is null ? null : Encoding.UTF8.GetString(bytes);
}
