using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using RunAi.Artifacts;
using RunAi.Tests.Artifacts;

namespace RunAi.EndToEnd.Tests;

/// <summary>What every store on a server promises beside what every store does.</summary>
public abstract class RemoteStoreContract : StoreContract
{
    /// <summary>A store of a new container or bucket.</summary>
    private protected abstract Task<ArtifactStore> NewStoreAsync();

    /// <summary>The same store by another port, of what stands before the server.</summary>
    private protected abstract ArtifactStore Through(int port, ArtifactStore store);

    /// <summary>The secret as it is, and a wrong one of the same form.</summary>
    private protected abstract (string Right, string Wrong) Secrets { get; }

    private protected abstract int ServerPort { get; }

    /// <summary>Ends the server in the middle of things.</summary>
    private protected abstract void StopServer();

    private protected abstract Task StartServerAsync();

    private protected override async Task<IArtifactStore> OpenAsync() => await OpenAsync(await NewStoreAsync(), Secrets.Right);

    [SkippableFact]
    public async Task List_OfMoreThanAPage_GivesAllInOrder()
    {
        var store = await OpenAsync();
        var signer = await store.SignerAsync(TimeSpan.FromHours(1), None);
        var keys = Enumerable.Range(0, PageSize + 200).Select(i => $"many/{i.ToString("x4", CultureInfo.InvariantCulture)}").ToArray();
        using var http = new HttpClient();
        await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (key, ct) =>
        {
            using var answer = await PutAsync(http, signer, signer.Put(key), "x");
            answer.EnsureSuccessStatusCode();
        });

        Assert.Equal(keys, (await store.ListAsync("many/", None)).Select(found => found.Key));
    }

    private protected abstract int PageSize { get; }

    [SkippableFact]
    public async Task Addresses_AllowWhatTheyAreForAndNothingElse()
    {
        var store = await OpenAsync();
        var signer = await store.SignerAsync(TimeSpan.FromHours(1), None);
        using var http = new HttpClient();

        using var put = await PutAsync(http, signer, signer.Put("runs/1/a b+c.txt"), "hello");
        using var wrongPut = await PutAsync(http, signer, signer.Get("runs/1/a b+c.txt"), "evil");
        using var wrongDelete = await http.DeleteAsync(new Uri(signer.Put("runs/1/a b+c.txt")));
        using var elsewhere = await http.GetAsync(
            new Uri(signer.Get("runs/1/other").Replace("other", "a%20b%2Bc.txt", StringComparison.Ordinal)));
        using var unsigned = await http.GetAsync(new Uri(signer.Get("runs/1/a b+c.txt").Split('?')[0]));

        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync());
        Assert.Equal("hello", await http.GetStringAsync(new Uri(signer.Get("runs/1/a b+c.txt"))));
        Assert.Equal("hello", Text(await store.ReadAsync("runs/1/a b+c.txt", 0, 100, None)));
        Assert.All(new[] { wrongPut, wrongDelete, elsewhere }, answer => Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode));
        Assert.False(unsigned.IsSuccessStatusCode);
        Assert.InRange(signer.ExpiresAt!.Value, DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.MaxValue);
    }

    [SkippableFact]
    public async Task Addresses_ThatHaveLapsed_AreRefused()
    {
        var longAgo = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TimeProvider.System.GetUtcNow().AddHours(-3));
        var store = await OpenAsync(await NewStoreAsync(), Secrets.Right, time: longAgo);
        var signer = await store.SignerAsync(TimeSpan.FromHours(1), None);
        using var http = new HttpClient();

        using var put = await PutAsync(http, signer, signer.Put("late"), "x");

        Assert.Equal(HttpStatusCode.Forbidden, put.StatusCode);
        Assert.Null(await store.FindAsync("late", None));
    }

    [SkippableFact]
    public async Task WrongSecrets_AreDeniedInWordsThatHoldNone()
    {
        var store = await OpenAsync(await NewStoreAsync(), Secrets.Wrong);

        var errors = new[]
        {
            await Assert.ThrowsAsync<ArtifactException>(() => store.ListAsync("", None)),
            await Assert.ThrowsAsync<ArtifactException>(() => store.WriteAsync("a", [1], None)),
            await Assert.ThrowsAsync<ArtifactException>(() => store.TryCreateAsync("a", [1], None)),
            await Assert.ThrowsAsync<ArtifactException>(() => store.ReadAsync("a", 0, 1, None)),
            await Assert.ThrowsAsync<ArtifactException>(() => store.FindAsync("a", None)),
        };

        Assert.All(errors, error =>
        {
            Assert.Equal(ErrorIds.ArtifactStoreDenied, error.ErrorId);
            Assert.Null(error.InnerException);
            Assert.DoesNotContain(Secrets.Wrong.Split(':')[^1], error.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("Signature=", error.ToString(), StringComparison.OrdinalIgnoreCase);
        });
    }

    [SkippableFact]
    public async Task ContainerOrBucket_ThatIsNotThere_IsNamed()
    {
        var registered = await NewStoreAsync();
        registered.Uri = registered.Uri.Replace("/some/prefix", "-absent", StringComparison.Ordinal);
        var store = await OpenAsync(registered, Secrets.Right);

        var error = await Assert.ThrowsAsync<ArtifactException>(() => store.WriteAsync("a", [1], None));

        Assert.Equal(ErrorIds.ArtifactNotFound, error.ErrorId);
        Assert.Contains(store.Uri, error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Upload_WhenTheServerDiesInTheMiddle_SaysSoAndGoesOnTheSecondTime()
    {
        using var relay = new Relay(ServerPort);
        var store = await OpenAsync(Through(relay.Port, await NewStoreAsync()), Secrets.Right);
        var bytes = RandomNumberGenerator.GetBytes(60 << 20);
        long done = 0;

        var error = await Assert.ThrowsAsync<ArtifactException>(() => store.UploadAsync(
            "big",
            new MemoryStream(bytes),
            n =>
            {
                if (Interlocked.Add(ref done, n) == 6 * Small.PartSize)
                {
                    StopServer();
                }
            },
            None));
        var before = relay.Sent;
        await StartServerAsync();
        Assert.Equal(ErrorIds.ArtifactStoreUnreachable, error.ErrorId);
        Assert.Null(await store.FindAsync("big", None));
        await store.UploadAsync("big", new MemoryStream(bytes), _ => { }, None);
        using var back = new MemoryStream();
        await store.DownloadAsync("big", back, _ => { }, None);

        Assert.Equal(SHA256.HashData(bytes), SHA256.HashData(back.ToArray()));
        Assert.InRange(relay.Sent - before, 1, 35 << 20);
    }

    [SkippableFact]
    public async Task Download_WhenTheServerDiesInTheMiddle_SaysSo()
    {
        var store = await OpenAsync(await NewStoreAsync(), Secrets.Right);
        await store.UploadAsync("big", new MemoryStream(new byte[60 << 20]), _ => { }, None);
        using var back = new MemoryStream();
        long done = 0;

        var error = await Assert.ThrowsAsync<ArtifactException>(() => store.DownloadAsync(
            "big",
            back,
            n =>
            {
                if (Interlocked.Add(ref done, n) == 2 * Small.PartSize)
                {
                    StopServer();
                }
            },
            None));
        await StartServerAsync();

        Assert.Equal(ErrorIds.ArtifactStoreUnreachable, error.ErrorId);
        Assert.True(back.Length < 60 << 20);
    }

    private protected static Task<IArtifactStore> OpenAsync(ArtifactStore store, string secret, TimeProvider? time = null)
    {
        store.Credential = "{{env:STORE_SECRET}}";
        return OpenedStore.OpenAsync(store, new() { ["STORE_SECRET"] = secret }, Small, time: time);
    }

    private static async Task<HttpResponseMessage> PutAsync(HttpClient http, IAddressSigner signer, string address, string text)
    {
        for (var triesLeft = 3; ; triesLeft--)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(address)) { Content = new StringContent(text) };
            foreach (var header in signer.PutHeaders)
            {
                request.Headers.Add(header.Key, header.Value);
            }

            try
            {
                return await http.SendAsync(request);
            }
            catch (HttpRequestException closed) when (triesLeft > 0 && closed.HttpRequestError == HttpRequestError.ResponseEnded)
            {
                // The server ended a connection that it had kept open: the same content is put again.
                continue;
            }
        }
    }
}
