using CsCheck;
using RunAi.Secrets;

namespace RunAi.Tests.Secrets;

public class SecretReferenceTests
{
    private const string NameChars = "abcXYZ019_-";

    [Theory]
    [InlineData("{{runai}}", null, "runai", null)]
    [InlineData("{{runai.client_id}}", null, "runai", "client_id")]
    [InlineData("{{vault/runai.client_id}}", "vault", "runai", "client_id")]
    [InlineData("{{vault/runai}}", "vault", "runai", null)]
    [InlineData("{{my.vault/a.b.c}}", "my.vault", "a.b", "c")]
    [InlineData("{{v/inputs.data}}", "v", "inputs", "data")]
    [InlineData("{{inputs_secret.x}}", null, "inputs_secret", "x")]
    [InlineData("{{My Vault/my secret.key}}", "My Vault", "my secret", "key")]
    public void Parse_AVaultForm_SplitsAtTheSlashAndTheLastDot(string text, string? vault, string name, string? key)
    {
        var reference = SecretReference.Parse(text);

        Assert.Equal((vault, name, key, null), (reference.Vault, reference.Name, reference.Key, reference.Environment));
        Assert.Equal(text, reference.ToString());
    }

    [Theory]
    [InlineData("{{env:RUNAI_SECRET}}")]
    [InlineData("{{ENV:RUNAI_SECRET}}")]
    public void Parse_AnEnvironmentForm_NamesTheVariable(string text)
    {
        var reference = SecretReference.Parse(text);

        Assert.Equal("RUNAI_SECRET", reference.Environment);
        Assert.Equal("{{env:RUNAI_SECRET}}", reference.ToString());
    }

    [Theory]
    [InlineData("{{automation:Run ai}}", "Run ai", null)]
    [InlineData("{{automation:Run ai.username}}", "Run ai", "username")]
    [InlineData("{{AUTOMATION:a.b.password}}", "a.b", "password")]
    public void Parse_AnAssetOfAutomation_MayHoldBlanks(string text, string name, string? key)
    {
        var reference = SecretReference.Parse(text);

        Assert.True(reference.IsAutomation);
        Assert.Equal((name, key, null, null), (reference.Name, reference.Key, reference.Vault, reference.Environment));
        Assert.Equal(text.Replace("AUTOMATION", "automation"), reference.ToString());
        Assert.True(SecretReference.Parse(text).WithKey("x").IsAutomation);
    }

    [Fact]
    public void Parse_ASecretOfTheSession_HasNoKey()
    {
        var reference = SecretReference.Parse("{{session:runai-gpu-1a2b}}");

        Assert.True(reference.IsOfSession);
        Assert.Equal(("runai-gpu-1a2b", null, "{{session:runai-gpu-1a2b}}"), (reference.Name, reference.Key, reference.ToString()));
        Assert.False(SecretReference.TryParse("{{session:a.b}}", out _, out _));
    }

    [Theory]
    [InlineData("{{inputs.data}}")]
    [InlineData("{{outputs.model}}")]
    [InlineData("{{checkpoint}}")]
    [InlineData("{{Checkpoint}}")]
    [InlineData("{{inputs/x}}")]
    public void TryParse_AReservedFirstWord_IsNoSecret(string text)
    {
        Assert.False(SecretReference.TryParse(text, out _, out var problem));
        Assert.Contains("reserved", problem);
        Assert.Contains(text, problem);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("canary-plain-secret")]
    [InlineData("{{}}")]
    [InlineData("{{a.}}")]
    [InlineData("{{.a}}")]
    [InlineData("{{a..b}}")]
    [InlineData("{{a/b/c}}")]
    [InlineData("{{/a}}")]
    [InlineData("{{a  b}}")]
    [InlineData("{{ a }}")]
    [InlineData("{{a}}\n")]
    [InlineData("{{a}}{{b}}")]
    [InlineData("{a}")]
    [InlineData("{{env:}}")]
    [InlineData("{{env:1A}}")]
    [InlineData("{{env:A-B}}")]
    [InlineData("{{env:A.B}}")]
    public void Parse_Garbage_IsRefusedNamingTheForms_WithoutRepeatingIt(string? text)
    {
        var error = Assert.Throws<ConfigurationException>(() => SecretReference.Parse(text!));

        Assert.Equal(ErrorIds.InvalidSecretReference, error.ErrorId);
        Assert.All(["{{secret.key}}", "{{secret}}", "{{vault/secret.key}}", "{{env:NAME}}"], form => Assert.Contains(form, error.Message));
        Assert.DoesNotContain("canary", error.Message);
    }

    [Fact]
    public void Parse_OfToString_IsTheSame()
    {
        var name = Gen.Char[NameChars].Array[1, 8].Select(c => new string(c));
        var dotted = name.Array[1, 3].Select(parts => string.Join(".", parts));
        var text = Gen.OneOf(
            Gen.Select(dotted.Null(), dotted, (vault, secret) => "{{" + (vault is null ? "" : vault + "/") + secret + "}}"),
            name.Where(n => !char.IsAsciiDigit(n[0]) && !n.Contains('-')).Select(n => "{{env:" + n + "}}"));

        text.Sample(t =>
        {
            var first = SecretReference.Parse(t);
            var second = SecretReference.Parse(first.ToString());
            return first.ToString() == t
                && (first.Environment, first.Vault, first.Name, first.Key) == (second.Environment, second.Vault, second.Name, second.Key);
        });
    }

    [Fact]
    public void TryParse_AnyText_IsEitherAReferenceThatRoundTripsOrAProblem()
    {
        var texts = Gen.Char["{}env:inputs./_- \n1"].Array[0, 12].Select(c => new string(c));

        Gen.OneOf(texts, texts.Select(t => "{{" + t + "}}")).Sample(t =>
            SecretReference.TryParse(t, out var reference, out var problem)
                ? problem is null && string.Equals(reference.ToString(), t, StringComparison.OrdinalIgnoreCase)
                : reference is null && problem.Contains("{{env:NAME}}"));
    }
}
