using System.Collections;
using System.Net;
using System.Security;
using System.Text;
using RunAi.Secrets;

namespace RunAi.Tests.Secrets;

public class SecretResolverTests
{
    private static readonly Hashtable Table = new()
    {
        ["Client_Id"] = "id",
        ["client_secret"] = Secure("canary"),
        ["login"] = Login(),
        ["none"] = null,
    };

    [Fact]
    public async Task Key_OfAHashtable_IsFoundInAnyCase()
    {
        var vault = new FakeVault(Table);

        Assert.Equal("id", await RevealAsync(vault, "{{v/runai.client_id}}"));
        Assert.Equal("canary", await RevealAsync(vault, "{{runai.CLIENT_SECRET}}"));
        Assert.Equal([("v", "runai"), (null, "runai")], vault.Asked);
    }

    [Theory]
    [InlineData("$(RUNAI_CLIENT_SECRET)", "Azure Pipelines has no variable 'RUNAI_CLIENT_SECRET' here")]
    [InlineData("%RUNAI_CLIENT_SECRET%", "nobody filled in")]
    [InlineData("<client secret>", "is a placeholder")]
    public async Task VariableThatNobodyFilledIn_IsNoSecret(string kept, string words)
    {
        var ofVault = await FailsAsync(new FakeVault(kept), "{{v/runai}}");
        var ofEnvironment = await Assert.ThrowsAsync<SecretNotFoundException>(
            () => new SecretResolver(new FakeVault(null), _ => kept).ResolveAsync(
                SecretReference.Parse("{{env:X}}"), SecretIntent.Secret, default));

        Assert.Contains("The secret 'runai' in the vault 'v' holds no secret: ", ofVault.Message, StringComparison.Ordinal);
        Assert.Contains(words, ofVault.Message, StringComparison.Ordinal);
        Assert.Contains("The environment variable 'X' holds no secret: ", ofEnvironment.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WholeSecret_MayBeTextSecureTextOrBytes()
    {
        Assert.Equal("s", await RevealAsync(new FakeVault("s"), "{{a}}"));
        Assert.Equal("s€", await RevealAsync(new FakeVault(Secure("s€")), "{{a}}"));
        Assert.Equal("s€", await RevealAsync(new FakeVault(Encoding.UTF8.GetBytes("s€")), "{{a}}"));
    }

    [Theory]
    [InlineData("{{a}}", "password", "user")]
    [InlineData("{{a.UserName}}", "user", "user")]
    [InlineData("{{a.password}}", "password", "password")]
    public async Task Credential_GivesTheHalfThatIsMeant(string reference, string asSecret, string asClientId)
    {
        Assert.Equal(asSecret, await RevealAsync(new FakeVault(Login()), reference));
        Assert.Equal(asClientId, await RevealAsync(new FakeVault(Login()), reference, SecretIntent.ClientId));
    }

    [Fact]
    public async Task Credential_InAHashtable_GivesTheHalfThatIsMeant()
    {
        Assert.Equal("password", await RevealAsync(new FakeVault(Table), "{{a.login}}"));
        Assert.Equal("user", await RevealAsync(new FakeVault(Table), "{{a.login}}", SecretIntent.ClientId));
    }

    [Theory]
    [InlineData("{{v/runai.nope}}", new[] { "'runai'", "'v'", "'nope'", "'Client_Id', 'client_secret', 'login', 'none'" })]
    [InlineData("{{runai}}", new[] { "'runai'", "default vault", "needs a key", "'Client_Id'", "{{runai.KEY}}" })]
    [InlineData("{{v/runai}}", new[] { "'v'", "{{v/runai.KEY}}" })]
    [InlineData("{{runai.none}}", new[] { "'runai'", "empty" })]
    public async Task Hashtable_WithoutTheKey_ListsTheKeysAndNeverAValue(string reference, string[] expected)
    {
        var error = await FailsAsync(new FakeVault(Table), reference);

        Assert.All(expected, part => Assert.Contains(part, error.Message));
        Assert.Equal(reference, error.Target);
    }

    [Fact]
    public async Task ASecretThatIsNotThere_NamesVaultAndSecret()
    {
        var error = await FailsAsync(new FakeVault(null), "{{v/runai.key}}");

        Assert.All(["'runai'", "'v'", "does not exist", "Set-Secret"], part => Assert.Contains(part, error.Message));
    }

    [Theory]
    [InlineData("canary", "{{a.key}}", "single value")]
    [InlineData("", "{{a}}", "empty")]
    [InlineData(17, "{{a}}", "Int32")]
    public async Task ASecretOfAnotherShape_IsExplained(object kept, string reference, string expected) =>
        Assert.Contains(expected, (await FailsAsync(new FakeVault(kept), reference)).Message);

    [Fact]
    public async Task ACredentialHasNoOtherKeys() =>
        Assert.Contains("UserName and Password", (await FailsAsync(new FakeVault(Login()), "{{a.token}}")).Message);

    [Fact]
    public async Task BytesThatAreNoText_AreRefused_WithoutShowingThem()
    {
        var error = await FailsAsync(new FakeVault(new byte[] { 0xff, 0xfe, 0x41 }), "{{a}}");

        Assert.Contains("not UTF-8", error.Message);
        Assert.Null(error.InnerException);
    }

    [Fact]
    public async Task AVaultThatFails_IsNamed_AndItsReasonKept()
    {
        var error = await FailsAsync(new FakeVault(new InvalidOperationException("Vault is locked.")), "{{v/a}}");

        Assert.Contains("Vault is locked.", error.Message);
        Assert.IsType<InvalidOperationException>(error.InnerException);
    }

    [Fact]
    public async Task OurOwnFailuresAndCancellation_PassThroughAVault()
    {
        var missing = new RunAiException(ErrorIds.MissingDependency, "install it");

        Assert.Same(missing, await Assert.ThrowsAsync<RunAiException>(() => RevealAsync(new FakeVault(missing), "{{a}}")));
        await Assert.ThrowsAsync<OperationCanceledException>(() => RevealAsync(new FakeVault(new OperationCanceledException()), "{{a}}"));
    }

    [Fact]
    public async Task Environment_IsReadWithoutAVault_AndTellsWhenItIsNotSet()
    {
        var vault = new FakeVault(null);
        var resolver = new SecretResolver(vault, name => name == "SET" ? "value" : name == "EMPTY" ? "" : null);

        Assert.Equal("value", (await resolver.ResolveAsync(SecretReference.Parse("{{env:SET}}"), SecretIntent.Secret, default)).Reveal());
        foreach (var name in new[] { "EMPTY", "UNSET" })
        {
            var error = await Assert.ThrowsAsync<SecretNotFoundException>(
                () => resolver.ResolveAsync(SecretReference.Parse($"{{{{env:{name}}}}}"), SecretIntent.Secret, default));
            Assert.Contains($"'{name}'", error.Message);
        }

        Assert.Empty(vault.Asked);
    }

    [Fact]
    public void SecretText_DoesNotShowItself()
    {
        var secret = new SecretText("canary");

        Assert.Equal(("***", "canary"), ($"{secret}", secret.Reveal()));
        Assert.True(secret.SameAs(new SecretText("canary")));
        Assert.False(secret.SameAs(new SecretText("Canary")));
    }

    private static async Task<string> RevealAsync(FakeVault vault, string reference, SecretIntent intent = SecretIntent.Secret) =>
        (await new SecretResolver(vault, _ => null).ResolveAsync(SecretReference.Parse(reference), intent, default)).Reveal();

    private static async Task<SecretNotFoundException> FailsAsync(FakeVault vault, string reference)
    {
        var error = await Assert.ThrowsAsync<SecretNotFoundException>(() => RevealAsync(vault, reference));
        Assert.Equal(ErrorIds.SecretNotFound, error.ErrorId);
        Assert.DoesNotContain("canary", error.ToString());
        return error;
    }

    private static NetworkCredential Login() => new("user", "password");

    private static SecureString Secure(string text) => new NetworkCredential("", text).SecurePassword;
}
