using RunAi.Redaction;

namespace RunAi.Tests.Redaction;

/// <summary>What looks like a secret is kept off a screen; what does not is shown.</summary>
public sealed class SecretHeuristicTests
{
    [Theory]
    [InlineData("HF_TOKEN", "x")]
    [InlineData("dbPassword", "x")]
    [InlineData("AWS_SECRET_ACCESS_KEY", "x")]
    [InlineData("apiKey", "x")]
    [InlineData("CONNECTION_STRING", "x")]
    [InlineData("PLAIN", "ghp_0123456789")]
    [InlineData("PLAIN", "eyJhbGciOiJIUzI1NiJ9.e30.x")]
    [InlineData("PLAIN", "https://user:pass@host/path")]
    [InlineData("PLAIN", "https://account.blob.core.windows.net/c?sv=1&sig=abc")]
    [InlineData("PLAIN", "-----BEGIN RSA PRIVATE KEY-----")]
    public void LooksLikeOne(string name, string value) => Assert.True(SecretHeuristic.Is(name, value));

    [Theory]
    [InlineData("TOKENIZER", "bert")]
    [InlineData("TOKENIZERS_PARALLELISM", "false")]
    [InlineData("KEYBOARD", "de")]
    [InlineData("EPOCHS", "12")]
    [InlineData("URL", "https://host:8080/path")]
    [InlineData("HF_TOKEN", "")]
    [InlineData("SASHA", "x")]
    public void LooksLikeNone(string name, string value) => Assert.False(SecretHeuristic.Is(name, value));
}
