using RunAi.Artifacts;

namespace RunAi.Tests.Artifacts;

public sealed class S3SignerTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public async Task LongestValidity_WithAClockThatIsAhead_IsStillSignedInVersion4(int minutesAhead)
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(minutesAhead));
        var registered = new ArtifactStore { Name = "s3", Uri = "s3://bucket/prefix", Region = "eu-central-1", Credential = "{{env:STORE_SECRET}}" };
        var store = await OpenedStore.OpenAsync(registered, new() { ["STORE_SECRET"] = "AKID:secret" }, StoreOptions.Default, time: time);

        var signer = await store.SignerAsync(TimeSpan.FromDays(30), default);

        Assert.All([signer.Get("a"), signer.Put("a")], address =>
        {
            Assert.Contains("X-Amz-Algorithm=AWS4-HMAC-SHA256", address, StringComparison.Ordinal);
            Assert.DoesNotContain("AWSAccessKeyId", address, StringComparison.Ordinal);
        });
        Assert.InRange(signer.ExpiresAt!.Value - time.GetUtcNow(), TimeSpan.FromDays(6), TimeSpan.FromDays(7));
    }
}
