using RunAi.Secrets;
using RunAi.Tests.ControlPlane;

namespace RunAi.Tests.Secrets;

/// <summary>The Run:ai CLI as the source of a token, with shell scripts that stand for it.</summary>
public sealed class RunAiCliTests : IDisposable
{
    private const string Token = "canary-token-of-the-cli";

    private readonly TemporaryFolder _folder = new();
    private readonly TestClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("echo canary-token-of-the-cli")]
    [InlineData("printf '\\r\\n canary-token-of-the-cli'")]
    [InlineData("""echo '{"token":"canary-token-of-the-cli"}'""")]
    [InlineData("""echo '{"accessToken":"canary-token-of-the-cli"}'""")]
    [InlineData("""echo '{"kind":"ExecCredential","status":{"token":"canary-token-of-the-cli"}}'""")]
    [InlineData("echo 'A new version is there.' >&2; echo canary-token-of-the-cli")]
    public async Task WhatItPrints_IsTheToken(string script)
    {
        Program(script);

        Assert.Equal(Token, (await TokenAsync()).Reveal());
    }

    [Fact]
    public async Task It_IsAskedForPlainText_WithoutAShell_AndWithNothingOnItsInput()
    {
        Program("""[ "$#" = 4 ] && [ "$*" = 'auth get-token --output plaintext' ] && ! read line && echo canary-token-of-the-cli""");

        Assert.Equal(Token, (await TokenAsync()).Reveal());
    }

    [Theory]
    [InlineData("echo canary-token-of-the-cli; echo canary-token-of-the-cli >&2; exit 3", "ended with exit code 3")]
    [InlineData("exit 0", "printed nothing")]
    [InlineData("echo; echo", "printed nothing")]
    [InlineData("echo You are not signed in, canary-token-of-the-cli", "printed something that is no token")]
    [InlineData("echo '{\"token\":\"canary-token-of-the-cli\"'", "printed something that is no token")]
    [InlineData("echo '{\"token\":\"\"}'", "printed something that is no token")]
    [InlineData("echo '{\"token\":{\"of\":\"canary-token-of-the-cli\"}}'", "printed something that is no token")]
    public async Task WithoutAToken_ItIsAFailureWithARemedy_ThatRepeatsNothing(string script, string how)
    {
        Program(script);

        var failure = await Assert.ThrowsAsync<RunAiException>(TokenAsync);

        Assert.Equal((ErrorIds.CliSignInFailed, "runai"), (failure.ErrorId, failure.Target));
        Assert.Contains($"'runai auth get-token --output plaintext' {how}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Sign in with: runai login", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NotOnThePath_ItIsMissing()
    {
        var failure = await Assert.ThrowsAsync<RunAiException>(TokenAsync);

        Assert.Equal(ErrorIds.MissingDependency, failure.ErrorId);
        Assert.Contains("not on the PATH. Install the Run:ai CLI", failure.Message, StringComparison.Ordinal);
        Assert.Contains("runai login", failure.Message, StringComparison.Ordinal);
        Assert.Contains("{{env:NAME}}", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("relative/folder")]
    public async Task AFolderThatIsNoAbsolutePath_IsNotLookedInto(string path)
    {
        var failure = await Assert.ThrowsAsync<RunAiException>(() => new RunAiCli(_ => path, _clock).TokenAsync(default));

        Assert.Equal(ErrorIds.MissingDependency, failure.ErrorId);
    }

    [Fact]
    public async Task ThatCannotBeStarted_SaysWhatToDoInstead()
    {
        File.WriteAllText(_folder["runai"], "#!/bin/sh");

        var failure = await Assert.ThrowsAsync<RunAiException>(TokenAsync);

        Assert.Equal(ErrorIds.MissingDependency, failure.ErrorId);
        Assert.Contains("could not be started", failure.Message, StringComparison.Ordinal);
        Assert.Contains("-Credential", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ThatDoesNotEnd_IsEnded_AlsoWhenAProgramOfItsOwnHoldsItsOutput()
    {
        Program($"echo $$ > {_folder["started"]}.part; mv {_folder["started"]}.part {_folder["started"]}; sleep 600");
        _clock.Limits.Add(RunAiCli.Patience);
        var asked = TokenAsync();
        while (!File.Exists(_folder["started"]))
        {
            await Task.Yield();
        }

        Assert.False(asked.IsCompleted);
        _clock.Advance(RunAiCli.Patience);

        var failure = await Assert.ThrowsAsync<RunAiException>(() => asked);
        Assert.Equal(ErrorIds.CliSignInFailed, failure.ErrorId);
        Assert.Contains("did not end within 30 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACancelledCall_EndsIt()
    {
        Program("sleep 600");
        using var over = new CancellationTokenSource();
        var asked = new RunAiCli(Path, _clock).TokenAsync(over.Token);

        await over.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    private Task<SecretText> TokenAsync() => new RunAiCli(Path, _clock).TokenAsync(default);

    private string? Path(string name) => name == "PATH" ? $"/no/such/folder:{_folder.Location}" : null;

    private void Program(string script)
    {
        File.WriteAllText(_folder["runai"], "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(_folder["runai"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }
}
