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
    [InlineData("%6Bnown%2fsecret%2b0123456789%3d%22x%22", "***")]
    [InlineData("\"\\u006bnown\\/secret\\u002B0123456789=\\u0022x\\u0022\"", "\"***\"")]
    [InlineData("known/secret+0123456789=&quot;x&#x22;!", "***!")]
    [InlineData("known%252Fsecret%252B0123456789%253D%2522x%2522", "***")]
    [InlineData("{\\\"s\\\":\\\"known/secret+0123456789=\\\\\\\"x\\\\\\\"\\\"}", "{\\\"s\\\":\\\"***\\\"}")]
    [InlineData("q=known%2Fsecret+0123456789=%22x%22 end", "q=*** end")]
    [InlineData("50% of C:\\temp & more", "50% of C:\\temp & more")]
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

    [Theory]
    [InlineData("")]
    [InlineData("u")]
    [InlineData("me:")]
    [InlineData("user:")]
    public void Hide_InBase64BehindOtherBytes_LeavesNoneOfItsCharacters(string before)
    {
        var text = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(before + Secret + "?>"));
        foreach (var form in new[] { text, text.Replace('+', '-').Replace('/', '_').TrimEnd('='), Uri.EscapeDataString(text) })
        {
            var hidden = KnownSecrets.Hide($"Authorization: Basic {form}!");

            Assert.Contains("***", hidden, StringComparison.Ordinal);
            Assert.InRange(hidden.Length, "Authorization: Basic ***!".Length, "Authorization: Basic ***!".Length + before.Length + 14);
        }
    }

    [Theory]
    [InlineData("pässwörd-\uD83D\uDD11-key")]
    [InlineData("line one\nline two\twith \\ and \"quotes\" & <marks> 100%41")]
    public void Hide_UnusualCharacters_InEverySerialisersSpelling(string secret)
    {
        KnownSecrets.Remember(secret);
        string[] spellings =
        [
            secret,
            Uri.EscapeDataString(secret),
            Uri.EscapeDataString(secret).Replace("%20", "+", StringComparison.Ordinal),
            System.Text.Json.JsonSerializer.Serialize(secret).Trim('"'),
            Newtonsoft.Json.JsonConvert.ToString(secret).Trim('"'),
            System.Net.WebUtility.HtmlEncode(secret),
            System.Net.WebUtility.UrlEncode(secret),
            Uri.EscapeDataString(System.Text.Json.JsonSerializer.Serialize(secret).Trim('"')),
            System.Text.Json.JsonSerializer.Serialize(System.Text.Json.JsonSerializer.Serialize(secret).Trim('"')).Trim('"'),
        ];

        Assert.All(spellings, spelling => Assert.Equal("[***]", KnownSecrets.Hide($"[{spelling}]")));
    }

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
        var told = new RunAiException(
            ErrorIds.ApiError, "It failed.", new HttpRequestException("failed", new IOException($"Received '{Secret}'")));

        Assert.Same(harmless, new RunAiException(ErrorIds.ApiError, "It failed.", harmless).InnerException);
        Assert.DoesNotContain("0123456789", told.ToString(), StringComparison.Ordinal);
        Assert.Contains("HttpRequestException: failed", told.ToString(), StringComparison.Ordinal);
    }
}
