using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

/// <summary>
/// Where commands find environment variables and sessions. A runspace has the process's unless it was given others; these are the only
/// tests that set variables of the process that other commands read.
/// </summary>
public sealed class SessionEnvironmentTests(EmulatedControlPlane plane) : IClassFixture<EmulatedControlPlane>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("runai-environment-").FullName;

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("RUNAI_CONFIG", null);
        Environment.SetEnvironmentVariable("RUNAI_PROCESS_SECRET", null);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void VariablesOfTheProcess_AreReadAtEachUse()
    {
        using var shell = new Shell();
        Register(shell);

        Assert.Equal("demo", shell.Run("(Get-RunAiStepOperator).Name").TheOutput.BaseObject);
        Assert.Equal("demo", Offered(shell));
        shell.Run("$env:RUNAI_CONFIG = $args[0]", Path.Combine(_folder, "other.json")).ThrowIfFailed();
        Assert.Empty(shell.Run("Get-RunAiStepOperator").ThrowIfFailed().Output);
        Assert.Equal("", Offered(shell));
        shell.Run("$env:RUNAI_CONFIG = $args[0]; $env:RUNAI_PROCESS_SECRET = 'wrong'", Path.Combine(_folder, "runai.json")).ThrowIfFailed();
        Assert.StartsWith(
            "RunAi.AuthenticationFailed,", shell.Run("Connect-RunAi").TheError.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void SessionOfTheProcess_IsSharedByRunspacesAndForgottenOnDemand()
    {
        using var shell = new Shell();
        Register(shell);
        shell.Run("Connect-RunAi").ThrowIfFailed();
        var before = plane.LastRequest();
        using (var other = new Shell())
        {
            Assert.Equal(plane.ClientId, other.Run("(Connect-RunAi).ClientId").TheOutput.BaseObject);
            Assert.NotNull(other.Run("(Get-RunAiSession).TokenExpiresAt").TheOutput.BaseObject);
        }

        Assert.Empty(plane.Requests(before));

        shell.Run("Get-RunAiSession | Disconnect-RunAi").ThrowIfFailed();
        Assert.Empty(shell.Run("Get-RunAiSession").ThrowIfFailed().Output);
    }

    [Fact]
    public void RunspacesWithEnvironmentsOfTheirOwn_ShareNeitherVariablesNorSessions()
    {
        using var workspace = new Workspace(plane);
        using var two = new Workspace(plane, register: false);
        two.Set("RUNAI_TEST_SECRET", "wrong");
        workspace.Run("Connect-RunAi").ThrowIfFailed();

        Assert.Empty(two.Run("Get-RunAiStepOperator").ThrowIfFailed().Output);
        Assert.Empty(two.Run("Get-RunAiSession").ThrowIfFailed().Output);
        two.Register("demo");
        Assert.StartsWith("RunAi.AuthenticationFailed,", two.Run("Connect-RunAi").TheError.FullyQualifiedErrorId, StringComparison.Ordinal);
        using var beside = workspace.OpenShell();
        Assert.Equal("demo", beside.Run("(Get-RunAiStepOperator).Name").TheOutput.BaseObject);
        Assert.NotNull(beside.Run("(Get-RunAiSession).TokenExpiresAt").TheOutput.BaseObject);
    }

    private void Register(Shell shell) => shell.Run(
        """
        $env:RUNAI_CONFIG = "$($args[0])/runai.json"
        $env:RUNAI_PROCESS_SECRET = $args[3]
        Register-RunAiStepOperator demo -RunAiBaseUrl $args[1] -ProjectName demo -ClientId $args[2] -ClientSecret '{{env:RUNAI_PROCESS_SECRET}}'
        """,
        _folder, plane.Uri, plane.ClientId, plane.ClientSecret).ThrowIfFailed();

    private static string Offered(Shell shell) => string.Join(
        ' ', shell.Run("(TabExpansion2 'Get-RunAiStepOperator ' 22).CompletionMatches.CompletionText").ThrowIfFailed().Output
            .Select(output => output?.ToString()));
}
