using System.Net;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

[Collection(RegistrationCollection.Name)]
public sealed class InitializeTests(EmulatedControlPlane plane) : IDisposable
{
    private readonly Workspace _workspace = new(plane, register: false, record: true);

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void TypedSecret_IsNotShownAndStaysInTheSession()
    {
        _workspace.Host!.Type(
            ["", plane.Uri, plane.ClientId, "", plane.ProjectName, "", ""], new NetworkCredential("", plane.ClientSecret).SecurePassword);

        var stack = _workspace.Run("Initialize-RunAi").TheOutput;

        Assert.Equal("default", stack.Properties["Name"].Value);
        Assert.Equal(true, _workspace.Run("Get-RunAiStack default").TheOutput.Properties["IsActive"].Value);
        _workspace.Run("Test-RunAiStepOperator default").ThrowIfFailed();
        Assert.Contains("Name of the stack (default): ", _workspace.Host.Text, StringComparison.Ordinal);
        Assert.Contains(
            "-ClientSecret (Read-Host -AsSecureString) -Scope Session | Use-RunAiStack", _workspace.Host.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING", _workspace.Host.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(plane.ClientSecret, _workspace.Host.Text, StringComparison.Ordinal);
        Assert.False(File.Exists(_workspace.ConfigurationPath));
    }

    [Theory]
    [InlineData("org", "'org' is no URL and no registered step operator. Write a URL such as https://org.run.ai")]
    [InlineData("http://org.run.ai", "The URL is http, which would send the client secret readably over the network.")]
    public void AddressThatCannotBeRight_IsAskedForAgain(string address, string flaw)
    {
        _workspace.Host!.Type(["", address, plane.Uri, plane.ClientId, Workspace.SecretReference, plane.ProjectName, "", ""]);

        _workspace.Run("Initialize-RunAi").ThrowIfFailed();

        Assert.Contains($"WARNING: {flaw}", _workspace.Host.Text, StringComparison.Ordinal);
        Assert.Equal(plane.Uri, _workspace.Run("(Get-RunAiStepOperator default).RunAiBaseUrl").TheOutput.BaseObject);
    }

    [Fact]
    public void AddressThatWouldCarryTheSecretInClear_IsNotConnectedTo()
    {
        _workspace.Host!.Type(["vision", "", ""]);

        var failure = _workspace.Run(
            $"Initialize-RunAi x -StepOperator http://org.invalid -ClientId me -ClientSecret '{Workspace.SecretReference}'").TheError;

        Assert.StartsWith("RunAi.InvalidStepOperator,", failure.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING", _workspace.Host.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void NobodyWhoTypesASecret_IsAnErrorWithTheCommands()
    {
        _workspace.Host!.Type(["", plane.Uri, plane.ClientId, ""]);

        var failure = _workspace.Run("Initialize-RunAi").TheError;

        Assert.StartsWith("RunAi.InvalidStack,", failure.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("-ClientSecret is not given", failure.ToString(), StringComparison.Ordinal);
        Assert.Contains("Register-RunAiStack default -StepOperator", failure.ToString(), StringComparison.Ordinal);
    }
}
