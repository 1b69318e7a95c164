using RunAi.RunManifest;

namespace RunAi.StepRunner.Tests;

public sealed class TlsTests
{
    public static TheoryData<string> All => Runners.All;

    [Theory, MemberData(nameof(All))]
    public async Task Tls_RootIsNamedBySslCertFile_IsTrusted(string runner)
    {
        using var authority = new TestAuthority();
        await using var run = await Scenario.CreateAsync(
            runner, authority.Store, "sh", "-c", "cat {{inputs.data}} > {{outputs.model}}; echo $SSL_CERT_FILE");
        run.Environment["SSL_CERT_FILE"] = run.Temporary["bundle.pem"];
        await File.WriteAllTextAsync(run.Temporary["bundle.pem"], authority.Bundle);
        run.AddInput("data", [1, 2, 3], "data");
        run.AddOutput("model");
        Assert.Equal((0, run.Temporary["bundle.pem"] + "\n"), await ResultOf(run));
        Assert.Equal((RunOutcome.Succeeded, 3), (run.Result.Outcome, run.Published("model").Length));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Tls_RootIsUnknown_Is69AndSaysWhatToDo(string runner)
    {
        using var authority = new TestAuthority();
        await using var run = await Scenario.CreateAsync(runner, authority.Store, "true");
        run.Environment["RUNAI_STORE_PATIENCE"] = "300";
        var process = await run.RunAsync();
        Assert.Equal(69, process.ExitCode);
        Assert.Contains(
            "/manifest cannot be reached: the server's certificate is not trusted (SSL_CERT_FILE can name the file with the "
            + "certificates to trust)",
            process.Errors,
            StringComparison.Ordinal);
        Assert.Empty(run.Store.Requests);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Tls_NameIsNotTheCertificates_IsNotTrusted(string runner)
    {
        using var authority = new TestAuthority();
        await using var run = await Scenario.CreateAsync(runner, authority.Store, "true");
        run.Environment["SSL_CERT_FILE"] = run.Temporary["bundle.pem"];
        await File.WriteAllTextAsync(run.Temporary["bundle.pem"], authority.Bundle);
        run.Environment["RUNAI_MANIFEST"] = run.Address("manifest").Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        Assert.Equal(69, (await run.RunAsync()).ExitCode);
        Assert.Empty(run.Store.Requests);
    }

    private static async Task<(int ExitCode, string Output)> ResultOf(Scenario run)
    {
        var process = await run.RunAsync();
        return (process.ExitCode, process.Output);
    }
}
