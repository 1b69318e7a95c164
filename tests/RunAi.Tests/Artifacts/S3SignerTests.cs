using RunAi.Artifacts;
using RunAi.Tests.ControlPlane;

namespace RunAi.Tests.Artifacts;

public sealed class S3SignerTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public async Task LongestValidity_WithAClockThatIsAhead_IsStillSignedInVersion4(int minutesAhead)
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(minutesAhead));
        var registered = new ArtifactStore
        {
            Name = "s3",
            Uri = "s3://bucket/prefix",
            Region = "eu-central-1",
            Credential = "{{env:STORE_SECRET}}",
        };
        var store = await OpenedStore.OpenAsync(registered, new() { ["STORE_SECRET"] = "AKID:secret" }, StoreOptions.Default, time: time);

        var signer = await store.SignerAsync(TimeSpan.FromDays(30), default);

        Assert.All([signer.Get("a"), signer.Put("a")], address =>
        {
            Assert.Contains("X-Amz-Algorithm=AWS4-HMAC-SHA256", address, StringComparison.Ordinal);
            Assert.DoesNotContain("AWSAccessKeyId", address, StringComparison.Ordinal);
        });
        Assert.InRange(signer.ExpiresAt!.Value - time.GetUtcNow(), TimeSpan.FromDays(6), TimeSpan.FromDays(7));
    }

    [Fact]
    public async Task RequiredEncryption_IsNamedByEveryWriteAndSignedWithEveryAddress()
    {
        using var server = new RawServer(n => "HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var registered = new ArtifactStore
        {
            Name = "s3",
            Uri = "s3://bucket/prefix",
            Endpoint = server.Url,
            AccessKeyId = "id",
            Credential = "{{env:STORE_SECRET}}",
            Encryption = "aws:kms",
            EncryptionKeyId = "key-1",
        };
        var store = await OpenedStore.OpenAsync(registered, new() { ["STORE_SECRET"] = "secret" });

        await store.WriteAsync("a", [1], default);
        await store.TryCreateAsync("b", [1], default);
        await store.UploadAsync("c", new MemoryStream([1]), _ => { }, default);
        var signer = await store.SignerAsync(TimeSpan.FromHours(1), default);

        Assert.All(server.Requests, request =>
        {
            Assert.Contains("x-amz-server-side-encryption: aws:kms\r\n", request, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("x-amz-server-side-encryption-aws-kms-key-id: key-1\r\n", request, StringComparison.OrdinalIgnoreCase);
        });
        Assert.Equal("aws:kms", signer.PutHeaders["x-amz-server-side-encryption"]);
        Assert.Contains("x-amz-server-side-encryption", signer.Put("a"), StringComparison.Ordinal);
        Assert.DoesNotContain("x-amz-server-side-encryption", signer.Get("a"), StringComparison.Ordinal);
    }
}
