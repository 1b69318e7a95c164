using System.Collections;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using RunAi.Artifacts;
using RunAi.Secrets;
using RunAi.Tests.ControlPlane;
using RunAi.Tests.Secrets;

namespace RunAi.Tests.Artifacts;

/// <summary>Access keys of S3 that belong to a session.</summary>
public sealed class SessionKeyTests
{
    private const string Token = "session-token-of-a-test";

    [Fact]
    public async Task Hashtable_WithThreeParts_IsSentWhole()
    {
        using var server = new RawServer(_ => "HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var kept = new Hashtable { ["AccessKeyId"] = "ASIATEST", ["SecretAccessKey"] = "secret-of-a-test", ["SessionToken"] = Token };
        var log = new RecordingLog();
        var store = await OpenAsync(
            new ArtifactStore { Name = "s", Uri = "s3://bucket", Endpoint = server.Url, Credential = "{{aws}}" }, kept, log);

        await store.WriteAsync("a", [1], default);
        var signer = await store.SignerAsync(TimeSpan.FromHours(1), default);

        Assert.Contains($"\r\nX-Amz-Security-Token: {Token}\r\n", Assert.Single(server.Requests), StringComparison.OrdinalIgnoreCase);
        Assert.Contains(Token, signer.Get("a"), StringComparison.Ordinal);
        Assert.Contains("end with the session", Assert.Single(log.Warnings), StringComparison.Ordinal);
        Assert.DoesNotContain(Token, string.Join("\n", [.. log.Warnings, .. log.Others]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_ByReference_GoesWithIdAndSecret()
    {
        var kept = new Hashtable { ["id"] = "ASIATEST", ["key"] = "secret-of-a-test", ["token"] = Token };
        var store = await OpenAsync(
            new ArtifactStore
            {
                Name = "s",
                Uri = "s3://bucket",
                Region = "eu-central-1",
                AccessKeyId = "{{aws.id}}",
                Credential = "{{aws.key}}",
                SessionToken = "{{aws.token}}",
            },
            kept,
            new RecordingLog());

        Assert.Contains(Token, (await store.SignerAsync(TimeSpan.FromHours(1), default)).Put("a"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task IdOfASession_WithoutItsToken_IsRefused()
    {
        var kept = new Hashtable { ["AccessKeyId"] = "ASIATEST", ["SecretAccessKey"] = "secret-of-a-test" };

        var error = await Assert.ThrowsAsync<ArtifactException>(() =>
            OpenAsync(new ArtifactStore { Name = "s", Uri = "s3://bucket", Region = "eu-central-1", Credential = "{{aws}}" }, kept,
                new RecordingLog()));

        Assert.Equal(ErrorIds.InvalidArtifactStore, error.ErrorId);
        Assert.Contains("-SessionToken", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hashtable_WithOtherKeys_IsToldAsBefore()
    {
        var error = await Assert.ThrowsAsync<SecretNotFoundException>(() =>
            OpenAsync(new ArtifactStore { Name = "s", Uri = "s3://bucket", Region = "eu-central-1", Credential = "{{aws}}" },
                new Hashtable { ["other"] = "x" }, new RecordingLog()));

        Assert.Contains("needs a key", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(15, true)]
    [InlineData(600, false)]
    public async Task Addresses_EndWithTheSession_AndThatIsToldBeforehand(int minutes, bool isTooShort)
    {
        var time = TimeProvider.System;
        var end = time.GetUtcNow().AddMinutes(minutes);
        var session = new Session(end.UtcDateTime);
        using var client = new AmazonS3Client(session, new AmazonS3Config { RegionEndpoint = RegionEndpoint.EUCentral1 });
        var log = new RecordingLog();
        var store = new LoggedStore(
            new S3Store(StoreAddress.Read("s3://bucket", null, out _)!, client, () => session, null, StoreOptions.Default, time), log,
            time);

        var signer = await store.SignerAsync(TimeSpan.FromHours(5), default);

        Assert.False(signer.EndsWithSession);
        Assert.InRange(
            signer.ExpiresAt!.Value - time.GetUtcNow(), TimeSpan.FromMinutes(14),
            isTooShort ? TimeSpan.FromMinutes(15) : TimeSpan.FromHours(5));
        Assert.Equal(isTooShort ? 1 : 0, log.Warnings.Count(warning => warning.Contains("is lost", StringComparison.Ordinal)));
    }

    private static Task<IArtifactStore> OpenAsync(ArtifactStore store, Hashtable kept, IActivityLog log) =>
        ConfiguredArtifactStores.OpenAsync(store, new SecretResolver(new FakeVault(kept), _ => null), log, default);

    /// <summary>Credentials of a role that end.</summary>
    private sealed class Session : AWSCredentials
    {
        public Session(DateTime end) => Expiration = end;

        public override ImmutableCredentials GetCredentials() => new("ASIATEST", "secret-of-a-test", Token);
    }
}
