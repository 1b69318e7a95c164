using RunAi.Redaction;

namespace RunAi.Tests.Secrets;

public sealed class KnownSecretsTests
{
    private const string Secret = "known/secret+0123456789=\"x\"";

    public KnownSecretsTests() => KnownSecrets.Remember(Secret);

    [Theory]
    [InlineData("you sent " + Secret + ".", "you sent ***.")]
    [InlineData("{\"s\":\"known/secret+0123456789=\\\"x\\\"\"}", "{\"s\":\"***\"}")]
    [InlineData("?client_secret=known%2Fsecret%2B0123456789%3D%22x%22&y", "?client_secret=***&y")]
    [InlineData("Basic a25vd24vc2VjcmV0KzAxMjM0NTY3ODk9Ingi", "Basic ***")]
    [InlineData("nothing of ours", "nothing of ours")]
    public void Hide_ReplacesEveryFormOfASecret(string text, string expected)
    {
        Assert.Equal(expected, KnownSecrets.Hide(text));
        Assert.Equal(expected, CleanText.Of(text));
    }

    [Theory]
    [InlineData("https://a.blob/x?sv=1&sig=abc%2Bd%3D&sp=r", "https://a.blob/x?sv=1&sig=***&sp=r")]
    [InlineData("'https://s3/x?X-Amz-Date=1&X-Amz-Signature=0f0f' is wrong", "'https://s3/x?X-Amz-Date=1&X-Amz-Signature=***' is wrong")]
    [InlineData("design=good", "design=good")]
    public void Hide_ReplacesSignaturesOfAddresses(string text, string expected) => Assert.Equal(expected, KnownSecrets.Hide(text));

    [Fact]
    public void ShortOnes_LeaveWordsAlone()
    {
        KnownSecrets.Remember("token");

        Assert.Equal("the token is wrong", KnownSecrets.Hide("the token is wrong"));
    }

    [Fact]
    public void Cause_ThatRepeatsASecret_IsToldWithoutIt_AndAnotherIsKept()
    {
        var harmless = new IOException("broken pipe");
        var told = new RunAiException(ErrorIds.ApiError, "It failed.", new HttpRequestException("failed", new IOException($"Received '{Secret}'")));

        Assert.Same(harmless, new RunAiException(ErrorIds.ApiError, "It failed.", harmless).InnerException);
        Assert.DoesNotContain("0123456789", told.ToString(), StringComparison.Ordinal);
        Assert.Contains("HttpRequestException: failed", told.ToString(), StringComparison.Ordinal);
    }
}
