using System.Net;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

[Collection(RegistrationCollection.Name)]
public sealed class StepOperatorTests(EmulatedControlPlane plane) : IDisposable
{
    private readonly Workspace _workspace = new(plane, register: false);

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Register_WithReferences_KeepsThemAndNoSecret()
    {
        _workspace.Register("gpu");

        var output = _workspace.Run("Get-RunAiStepOperator gpu").TheOutput;
        Assert.Equal(Workspace.SecretReference, output.Properties["ClientSecret"].Value);
        Assert.Equal(TimeSpan.FromSeconds(1), output.Properties["MonitoringInterval"].Value);
        Assert.DoesNotContain(plane.ClientSecret, File.ReadAllText(_workspace.ConfigurationPath), StringComparison.Ordinal);
    }

    [Fact]
    public void Register_WithZenMLNames_TakesEveryOption()
    {
        var output = _workspace.Run("""
            Register-RunAiStepOperator gpu -runai_base_url https://org.run.ai/ -project_name vision -client_id me `
                -client_secret '{{runai_secret.client_secret}}' -cluster_name east -image_pull_secret_name regcred `
                -monitoring_interval 15 -workload_timeout 3600 -pending_timeout ([TimeSpan]'00:10:00') -delete_on_failure `
                -default_settings @{ gpu_portion_request = 0.5; NodePools = 'a100' }
            """).TheOutput;

        Assert.Equal("https://org.run.ai", output.Properties["RunAiBaseUrl"].Value);
        Assert.Equal("east", output.Properties["ClusterName"].Value);
        Assert.Equal("regcred", output.Properties["ImagePullSecretName"].Value);
        Assert.Equal(TimeSpan.FromSeconds(15), output.Properties["MonitoringInterval"].Value);
        Assert.Equal(TimeSpan.FromHours(1), output.Properties["WorkloadTimeout"].Value);
        Assert.Equal(TimeSpan.FromMinutes(10), output.Properties["PendingTimeout"].Value);
        Assert.Equal(true, output.Properties["DeleteOnFailure"].Value);
        Assert.Equal(0.5, _workspace.Run("(Get-RunAiStepOperator gpu).DefaultSettings.GpuPortionRequest").TheOutput.BaseObject);
    }

    [Fact]
    public void Register_WithPlainSecret_IsRefusedWithBothWaysOutAndNoEcho()
    {
        var error = _workspace.Run(
            "Register-RunAiStepOperator gpu -RunAiBaseUrl https://org.run.ai -ProjectName p -ClientId me "
            + "-ClientSecret hunter2-plain").TheError;

        Assert.StartsWith("RunAi.InvalidStepOperator,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Set-Secret", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("{{env:NAME}}", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString() + error.Exception, StringComparison.Ordinal);
        Assert.False(File.Exists(_workspace.ConfigurationPath));
    }

    [Fact]
    public void Register_WithManyMistakes_TellsThemAllAtOnce()
    {
        var message = _workspace.Run(
            "Register-RunAiStepOperator 'no good' -RunAiBaseUrl ftp://x -ProjectName '' -ClientId '' -ClientSecret '' -PendingTimeout 0")
            .TheError.ToString();

        Assert.All(
            ["Name:", "RunAiBaseUrl:", "ProjectName:", "ClientId:", "ClientSecret:", "PendingTimeout:"],
            field => Assert.Contains(field, message, StringComparison.Ordinal));
    }

    [Fact]
    public void Register_TwiceWithoutForce_KeepsTheFirst()
    {
        _workspace.Register("gpu");

        var error = _workspace.Run(
            "Register-RunAiStepOperator gpu -RunAiBaseUrl https://other.run.ai -ProjectName p -ClientId c -ClientSecret '{{x}}'").TheError;

        Assert.StartsWith("RunAi.StepOperatorExists,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(plane.Uri, _workspace.Run("(Get-RunAiStepOperator gpu).RunAiBaseUrl").TheOutput.BaseObject);
    }

    [Fact]
    public void Register_WithSecureString_StoresItInTheVaultOfTheSession()
    {
        _workspace.Run(StandInVault.Script).ThrowIfFailed();

        _workspace.Run(
            "Register-RunAiStepOperator gpu -RunAiBaseUrl $args[0] -ProjectName demo -ClientId $args[1] -ClientSecret $args[2] -Vault team",
            plane.Uri, plane.ClientId, new NetworkCredential("", plane.ClientSecret).SecurePassword).ThrowIfFailed();

        Assert.Equal("{{team/runai-gpu}}", _workspace.Run("(Get-RunAiStepOperator gpu).ClientSecret").TheOutput.BaseObject);
        Assert.Equal(true, _workspace.Run("Test-RunAiStepOperator gpu -Quiet").TheOutput.BaseObject);
        Assert.DoesNotContain(plane.ClientSecret, File.ReadAllText(_workspace.ConfigurationPath), StringComparison.Ordinal);
    }

    [Fact]
    public void Register_WithCredential_UsesItsUserAsClientId()
    {
        _workspace.Run(StandInVault.Script).ThrowIfFailed();

        _workspace.Run(
            "Register-RunAiStepOperator gpu -RunAiBaseUrl $args[0] -ProjectName demo -Credential $args[1]",
            plane.Uri,
            new System.Management.Automation.PSCredential(
                plane.ClientId, new NetworkCredential("", plane.ClientSecret).SecurePassword)).ThrowIfFailed();

        Assert.Equal(plane.ClientId, _workspace.Run("(Get-RunAiStepOperator gpu).ClientId").TheOutput.BaseObject);
        Assert.Equal(true, _workspace.Run("Test-RunAiStepOperator gpu -Quiet").TheOutput.BaseObject);
    }

    [Fact]
    public void Vault_ReferencesWithKeys_AreResolvedInTheCallersSession()
    {
        _workspace.Run(StandInVault.Script).ThrowIfFailed();
        _workspace.Run(
            "Set-Secret runai_secret -Secret @{ client_id = $args[0]; client_secret = $args[1] }", plane.ClientId,
            plane.ClientSecret).ThrowIfFailed();
        _workspace.Run("""
            Register-RunAiStepOperator gpu -RunAiBaseUrl $args[0] -ProjectName demo `
                -ClientId '{{runai_secret.client_id}}' -ClientSecret '{{runai_secret.client_secret}}'
            """, plane.Uri).ThrowIfFailed();

        Assert.Equal(plane.ClientId, _workspace.Run("(Connect-RunAi -StepOperator gpu).ClientId").TheOutput.BaseObject);
    }

    [Fact]
    public void Vault_WithoutSecretManagement_SaysHowToInstallItAndNamesTheOtherWay()
    {
        _workspace.Run(
            "Register-RunAiStepOperator gpu -RunAiBaseUrl $args[0] -ProjectName demo -ClientId me -ClientSecret "
            + "'{{runai_secret.client_secret}}'",
            plane.Uri).ThrowIfFailed();

        var error = _workspace.Run("Connect-RunAi -StepOperator gpu").TheError;

        Assert.StartsWith("RunAi.MissingDependency,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Install-Module Microsoft.PowerShell.SecretManagement", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("{{env:NAME}}", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Install-Module", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Set_ChangesOnlyWhatIsGiven()
    {
        _workspace.Register("gpu", "-PendingTimeout 600 -DeleteOnFailure");

        _workspace.Run("Set-RunAiStepOperator gpu -ProjectName language -PendingTimeout $null -DeleteOnFailure:$false").ThrowIfFailed();

        var output = _workspace.Run("Get-RunAiStepOperator gpu").TheOutput;
        Assert.Equal("language", output.Properties["ProjectName"].Value);
        Assert.Equal(plane.Uri, output.Properties["RunAiBaseUrl"].Value);
        Assert.Null(output.Properties["PendingTimeout"].Value);
        Assert.Equal(false, output.Properties["DeleteOnFailure"].Value);
    }

    [Fact]
    public void Get_UnknownName_IsAnErrorThatListsThoseThereAre()
    {
        _workspace.Register("gpu");

        var result = _workspace.Run("Get-RunAiStepOperator gpi; 'goes on'");

        Assert.Equal("goes on", Assert.Single(result.Output).BaseObject);
        var error = Assert.Single(result.Errors);
        Assert.StartsWith("RunAi.StepOperatorNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'gpu'?", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("gpi", error.TargetObject);
    }

    [Fact]
    public void Unregister_FromThePipeline_AsksAndForgets()
    {
        _workspace.Register("one");
        _workspace.Register("two");

        _workspace.Run("Get-RunAiStepOperator | Unregister-RunAiStepOperator -WhatIf").ThrowIfFailed();
        Assert.Equal(2, _workspace.Run("Get-RunAiStepOperator").Output.Count);

        _workspace.Run("Get-RunAiStepOperator | Unregister-RunAiStepOperator").ThrowIfFailed();
        Assert.Empty(_workspace.Run("Get-RunAiStepOperator").Output);
    }

    [Theory]
    [InlineData("", "Url True; Credentials True; Project True; Cluster True")]
    [InlineData("-ProjectName demmo", "Url True; Credentials True; Project False; Cluster False")]
    [InlineData("-ClientSecret '{{env:RUNAI_TEST_NOT_SET}}'", "Url False; Credentials False; Project False; Cluster False")]
    [InlineData("-ClusterName elsewhere", "Url True; Credentials True; Project True; Cluster False")]
    [InlineData("-RunAiBaseUrl http://127.0.0.1:9", "Url False; Credentials False; Project False; Cluster False")]
    [InlineData("-ClientId somebody", "Url True; Credentials False; Project False; Cluster False")]
    public void Test_ChecksFromTheOutsideIn(string change, string expected)
    {
        _workspace.Register("gpu");
        if (change.Length > 0)
        {
            _workspace.Run($"Set-RunAiStepOperator gpu {change}").ThrowIfFailed();
        }

        var checks = _workspace.Run("Test-RunAiStepOperator gpu").ThrowIfFailed().Output;

        Assert.Equal(expected, string.Join("; ", checks.Select(c => $"{c.Properties["Check"].Value} {c.Properties["Passed"].Value}")));
        Assert.DoesNotContain(checks, c => string.IsNullOrEmpty((string)c.Properties["Message"].Value));
    }

    [Fact]
    public void Test_WithAWrongSecret_FailsAlsoWhileAnotherOperatorsSessionIsOpen()
    {
        _workspace.Register("good");
        _workspace.Run("$null = Connect-RunAi -StepOperator good; $env:RUNAI_TEST_WRONG = 'wrong'").ThrowIfFailed();
        _workspace.Register("bad");
        _workspace.Run("Set-RunAiStepOperator bad -ClientSecret '{{env:RUNAI_TEST_WRONG}}'").ThrowIfFailed();

        Assert.Equal(false, _workspace.Run("Test-RunAiStepOperator bad -Quiet").TheOutput.BaseObject);
        Assert.Equal(true, _workspace.Run("Test-RunAiStepOperator good -Quiet").TheOutput.BaseObject);
    }

    [Fact]
    public void Completion_OfNames_OffersRegisteredOperatorsQuoted()
    {
        _workspace.Register("gpu-east");
        _workspace.Register("cpu");

        var offered = _workspace.Run(
            "(TabExpansion2 'Get-RunAiStepOperator g' 23).CompletionMatches.CompletionText").ThrowIfFailed().Output;

        Assert.Equal("gpu-east", Assert.Single(offered).BaseObject);
    }
}
