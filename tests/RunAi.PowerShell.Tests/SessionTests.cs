using System.Management.Automation;
using System.Net;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

/// <summary>Whose session a command works with, as the user sees it.</summary>
[Collection(WorkloadCollection.Name)]
public sealed class SessionTests : IDisposable
{
    private const string WrongReference = "{{env:RUNAI_TEST_WRONG}}";
    private const string WrongSecret = "wrong-but-long-secret";

    private readonly EmulatedControlPlane _plane;
    private readonly Workspace _workspace;

    public SessionTests(EmulatedControlPlane plane)
    {
        _plane = plane;
        _workspace = new Workspace(plane);
        _workspace.Set("RUNAI_TEST_WRONG", WrongSecret);
    }

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("Submit-RunAiStep wrongly -Image busybox -Command 'true' -StepOperator bad")]
    [InlineData("Get-RunAiWorkload -StepOperator bad")]
    [InlineData("Wait-RunAiWorkload $run.WorkloadId -StepOperator bad")]
    [InlineData("Connect-RunAi -StepOperator bad")]
    public void WrongSecret_FailsAtItsFirstUse_WhileAnotherOperatorsTokenLives(string command)
    {
        _workspace.Run("$run = Submit-RunAiStep rightly -Image busybox -Command 'true' -StepOperator demo").ThrowIfFailed();
        RegisterBad();

        var error = _workspace.Run(command).TheError;

        Assert.StartsWith("RunAi.AuthenticationFailed,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.AuthenticationError, error.CategoryInfo.Category);
        Assert.Contains(WrongReference, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(WrongSecret, error + error.Exception.ToString() + error.ErrorDetails, StringComparison.Ordinal);
        Assert.Equal(0, _plane.Created("runai-wrongly-"));
        var before = _plane.LastRequest();
        _workspace.Run("Submit-RunAiStep warm -Image busybox -Command 'true' -StepOperator demo").ThrowIfFailed();
        Assert.Equal(["POST /api/v1/workloads/trainings"], _plane.Requests(before));
    }

    [Fact]
    public void Sessions_OfTwoReferences_AreShownAndEndedApart()
    {
        RegisterBad();
        _workspace.Run("$null = Connect-RunAi -StepOperator demo").ThrowIfFailed();
        _workspace.Run("Connect-RunAi -StepOperator bad");

        var shown = _workspace.Run("Get-RunAiSession").ThrowIfFailed().Output;
        Assert.Equal([Workspace.SecretReference, WrongReference], shown.Select(session => session.Properties["ClientSecret"].Value));
        Assert.All(shown, session => Assert.Equal(_plane.ClientId, session.Properties["ClientId"].Value));
        Assert.Equal([true, false], shown.Select(session => session.Properties["TokenExpiresAt"].Value is not null));
        var text = string.Join(
            " ", shown.SelectMany(session => session.Properties.Select(property => $"{property.Value}").Append(session.ToString())));
        Assert.Contains(WrongReference, text, StringComparison.Ordinal);
        Assert.DoesNotContain(WrongSecret, text, StringComparison.Ordinal);
        Assert.DoesNotContain(_plane.ClientSecret, text, StringComparison.Ordinal);

        _workspace.Run("Get-RunAiStepOperator bad | Disconnect-RunAi").ThrowIfFailed();
        Assert.Equal(Workspace.SecretReference, _workspace.Run("(Get-RunAiSession).ClientSecret").TheOutput.BaseObject);
        _workspace.Run("Get-RunAiSession | Disconnect-RunAi").ThrowIfFailed();
        Assert.Empty(_workspace.Run("Get-RunAiSession").ThrowIfFailed().Output);
    }

    [Fact]
    public void Disconnect_WithASecretInThePlaceOfAReference_RefusesItWithoutAnEcho()
    {
        var error = _workspace.Run("Disconnect-RunAi -ClientSecret $args[0]", WrongSecret).TheError;

        Assert.StartsWith("RunAi.InvalidSecretReference,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain(WrongSecret, error + error.Exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WarmSubmit_WithReferencesToAVault_IsOneRequestAndAsksTheVaultNothing()
    {
        _workspace.Run(StandInVault.Script).ThrowIfFailed();
        _workspace.Run(
            "Set-Secret runai_secret -Secret @{ client_id = $args[0]; client_secret = $args[1] }", _plane.ClientId,
            _plane.ClientSecret).ThrowIfFailed();
        _workspace.Run(
            "Set-RunAiStepOperator demo -ClientId '{{runai_secret.client_id}}' -ClientSecret "
            + "'{{runai_secret.client_secret}}'").ThrowIfFailed();
        _workspace.Run("Submit-RunAiStep cold -Image busybox -Command 'true'").ThrowIfFailed();
        Assert.Equal("runai_secret runai_secret", _workspace.Run("[string]$SecretsRead").TheOutput.BaseObject.ToString()!.Trim());
        var before = _plane.LastRequest();

        _workspace.Run("Submit-RunAiStep warm -Image busybox -Command 'true'").ThrowIfFailed();

        Assert.Equal(["POST /api/v1/workloads/trainings"], _plane.Requests(before));
        Assert.Equal("runai_secret runai_secret", _workspace.Run("[string]$SecretsRead").TheOutput.BaseObject.ToString()!.Trim());

        // Operators name the client id by its reference: that, too, is how the session is found and ended.
        _workspace.Run("Get-RunAiStepOperator demo | Disconnect-RunAi").ThrowIfFailed();
        Assert.Empty(_workspace.Run("Get-RunAiSession").ThrowIfFailed().Output);
    }

    [Fact]
    public void SecretStoredAnewByTheModule_CountsAtOnce()
    {
        _workspace.Run(StandInVault.Script).ThrowIfFailed();
        Store(_plane.ClientSecret);
        _workspace.Run("$null = Connect-RunAi").ThrowIfFailed();

        Store(WrongSecret);
        Assert.StartsWith(
            "RunAi.AuthenticationFailed,", _workspace.Run("Get-RunAiWorkload").TheError.FullyQualifiedErrorId, StringComparison.Ordinal);

        Store(_plane.ClientSecret);
        _workspace.Run("Get-RunAiWorkload").ThrowIfFailed();

        void Store(string secret) => _workspace.Run(
            "Set-RunAiStepOperator demo -Credential $args[0]",
            new PSCredential(_plane.ClientId, new NetworkCredential("", secret).SecurePassword)).ThrowIfFailed();
    }

    [Fact]
    public void SecretChangedInTheVault_CountsAfterDisconnect()
    {
        _workspace.Run(StandInVault.Script).ThrowIfFailed();
        _workspace.Run(
            "Set-Secret later -Secret $args[0]; Set-RunAiStepOperator demo -ClientSecret '{{later}}'", _plane.ClientSecret).ThrowIfFailed();
        _workspace.Run("$null = Connect-RunAi; Set-Secret later -Secret $args[0]", WrongSecret).ThrowIfFailed();
        _workspace.Run("Get-RunAiWorkload").ThrowIfFailed();

        _workspace.Run("Disconnect-RunAi").ThrowIfFailed();
        Assert.StartsWith(
            "RunAi.AuthenticationFailed,", _workspace.Run("Get-RunAiWorkload").TheError.FullyQualifiedErrorId, StringComparison.Ordinal);

        _workspace.Run("Set-Secret later -Secret $args[0]", _plane.ClientSecret).ThrowIfFailed();
        _workspace.Run("Get-RunAiWorkload").ThrowIfFailed();
    }

    [Fact]
    public void ChangedEnvironmentVariable_CountsAtOnce()
    {
        _workspace.Run("$null = Connect-RunAi").ThrowIfFailed();
        _workspace.Set("RUNAI_TEST_SECRET", WrongSecret);

        Assert.StartsWith(
            "RunAi.AuthenticationFailed,", _workspace.Run("Get-RunAiWorkload").TheError.FullyQualifiedErrorId, StringComparison.Ordinal);

        _workspace.Set("RUNAI_TEST_SECRET", _plane.ClientSecret);
        _workspace.Run("Get-RunAiWorkload").ThrowIfFailed();
    }

    private void RegisterBad() => _workspace.Register("bad", $"-Force; $null = Set-RunAiStepOperator bad -ClientSecret '{WrongReference}'");
}
