using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

[Collection(RegistrationCollection.Name)]
public sealed class StackTests(EmulatedControlPlane plane) : IDisposable
{
    private readonly Workspace _workspace = new(plane);

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Register_EverythingAtOnce_TellsWhatItRegisteredAndIsActive()
    {
        var result = _workspace.Run(
            "Register-RunAiStack all -StepOperator $args[0] -ProjectName $args[1] -ClientId $args[2] -ClientSecret "
            + "'{{env:RUNAI_TEST_SECRET}}' -ContainerRegistry \"oci:$($args[3])/images\" -ImageBuilder Layer -Verbose",
            plane.Uri, plane.ProjectName, plane.ClientId, _workspace.Folder);

        var stack = result.TheOutput;
        Assert.Equal("RunAi.Stack", stack.TypeNames[0]);
        Assert.Equal(true, stack.Properties["IsActive"].Value);
        Assert.Equal(
            [
                "Registered: step operator all", "Registered: container registry all", "Registered: image builder all",
                "Registered: stack all",
            ],
            result.Verbose.Where(line => line.StartsWith("Registered", StringComparison.Ordinal)));
        Assert.Equal(
            $"oci:{_workspace.Folder}/images", _workspace.Run("(Get-RunAiContainerRegistry all).Uri").TheOutput.BaseObject);
        Assert.DoesNotContain(plane.ClientSecret, File.ReadAllText(_workspace.ConfigurationPath), StringComparison.Ordinal);
    }

    [Fact]
    public void Register_WithMistakesOrWhatIf_ChangesNothing()
    {
        var before = File.ReadAllText(_workspace.ConfigurationPath);

        _workspace.Run("Register-RunAiStack all -StepOperator demo -ImageBuilder Layer -WhatIf").ThrowIfFailed();
        var typo = _workspace.Run("Register-RunAiStack all -StepOperator dmeo -ImageBuilder Layer").TheError;
        var secret = _workspace.Run(
            "Register-RunAiStack all -StepOperator https://org.run.ai -ProjectName p -ClientId i -ClientSecret hunter2-plain "
            + "-ImageBuilder Layer").TheError;

        Assert.StartsWith("RunAi.StepOperatorNotFound,", typo.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'demo'?", typo.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("RunAi.InvalidStepOperator,", secret.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", secret.ToString() + secret.Exception, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(_workspace.ConfigurationPath));
    }

    [Fact]
    public void Use_ThenACommandWithoutNames_WorksThroughTheActiveStack()
    {
        _workspace.Register("second");
        _workspace.Run(
            "$null = Register-RunAiStack a -StepOperator demo; $null = Register-RunAiStack b -StepOperator second").ThrowIfFailed();
        _workspace.Run("Set-RunAiStepOperator second -ProjectName missing").ThrowIfFailed();

        _workspace.Run("Get-RunAiWorkload").ThrowIfFailed();
        Assert.StartsWith(
            "RunAi.ProjectNotFound,", _workspace.Run("Get-RunAiWorkload -Stack b").TheError.FullyQualifiedErrorId,
            StringComparison.Ordinal);
        Assert.Equal("b", _workspace.Run("Use-RunAiStack B").TheOutput.Properties["Name"].Value);
        Assert.StartsWith(
            "RunAi.ProjectNotFound,", _workspace.Run("Get-RunAiWorkload").TheError.FullyQualifiedErrorId, StringComparison.Ordinal);
        _workspace.Run("Get-RunAiWorkload -StepOperator demo").ThrowIfFailed();

        Assert.Equal("b", _workspace.Run("(Get-RunAiStack -Active).Name").TheOutput.BaseObject);
        var unknown = _workspace.Run("Use-RunAiStack bb").TheError;
        Assert.StartsWith("RunAi.StackNotFound,", unknown.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'b'?", unknown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Set_OnePlaceOrNull_KeepsTheOthers()
    {
        _workspace.Run("$null = Register-RunAiStack a -StepOperator demo -ContainerRegistry r.io/x -ImageBuilder Layer").ThrowIfFailed();

        _workspace.Run("$null = Get-RunAiStack a | Set-RunAiStack -ImageBuilder None").ThrowIfFailed();
        Assert.Equal("None", _workspace.Run("(Get-RunAiImageBuilder a).Flavor").TheOutput.BaseObject);
        var stack = _workspace.Run("Set-RunAiStack a -ContainerRegistry $null").TheOutput;

        Assert.Equal("demo", stack.Properties["StepOperator"].Value);
        Assert.Null(stack.Properties["ContainerRegistry"].Value);
        Assert.Equal("a", stack.Properties["ImageBuilder"].Value);
    }

    [Fact]
    public void Unregister_ComponentInUse_IsRefusedUnlessForced()
    {
        _workspace.Run("$null = Register-RunAiStack a -StepOperator demo -ContainerRegistry r.io/x").ThrowIfFailed();

        var error = _workspace.Run("Unregister-RunAiStepOperator demo").TheError;
        Assert.StartsWith("RunAi.InvalidStack,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("used by the stack a", error.ToString(), StringComparison.Ordinal);

        var forced = _workspace.Run("Unregister-RunAiContainerRegistry a -Force").ThrowIfFailed();
        Assert.Contains("Set-RunAiStack a -ContainerRegistry NAME", Assert.Single(forced.Warnings), StringComparison.Ordinal);
        _workspace.Run("Get-RunAiStack | Unregister-RunAiStack; Unregister-RunAiStepOperator demo").ThrowIfFailed();
        Assert.Empty(_workspace.Run("Get-RunAiStack").Output);
    }

    [Fact]
    public void Export_ThenImportFromAFolderBelow_BringsTheStackToAnotherUser()
    {
        var repository = Directory.CreateDirectory(Path.Combine(_workspace.Folder, "repository", "deep")).Parent!.FullName;
        _workspace.Run(
            "$null = Register-RunAiStack a -StepOperator demo -ContainerRegistry \"oci:$($args[0])/images\" -ImageBuilder Layer",
            repository).ThrowIfFailed();
        var file = _workspace.Run("Export-RunAiStack -Path $args[0]", repository).TheOutput;
        Assert.Equal(Path.Combine(repository, "runai.json"), file.Properties["FullName"].Value);
        Assert.DoesNotContain(plane.ClientSecret, File.ReadAllText(Path.Combine(repository, "runai.json")), StringComparison.Ordinal);
        File.Delete(_workspace.ConfigurationPath);

        const string Import = "$null = $ExecutionContext.SessionState.Path.SetLocation(\"$($args[0])/deep\"); Import-RunAiStack";
        _workspace.Run(Import + " -WhatIf", repository).ThrowIfFailed();
        Assert.False(File.Exists(_workspace.ConfigurationPath));
        var stack = _workspace.Run(Import, repository).TheOutput;
        var again = _workspace.Run("Import-RunAiStack -Verbose");

        Assert.Equal(true, stack.Properties["IsActive"].Value);
        Assert.Equal($"oci:{repository}/images", _workspace.Run("(Get-RunAiContainerRegistry a).Uri").TheOutput.BaseObject);
        Assert.Contains(again.Verbose, line => line.Contains("registered already", StringComparison.Ordinal));
        Assert.Equal(true, _workspace.Run("Test-RunAiStepOperator -Quiet").TheOutput.BaseObject);

        _workspace.Run("Set-RunAiStepOperator demo -ProjectName other").ThrowIfFailed();
        Assert.StartsWith(
            "RunAi.StepOperatorExists,", _workspace.Run("Import-RunAiStack").TheError.FullyQualifiedErrorId, StringComparison.Ordinal);
        _workspace.Run("Import-RunAiStack -Force").ThrowIfFailed();
        Assert.Equal(plane.ProjectName, _workspace.Run("(Get-RunAiStepOperator demo).ProjectName").TheOutput.BaseObject);
    }

    [Fact]
    public void Test_WholeStack_TriesEachComponentForReal()
    {
        _workspace.Run(
            "$null = Register-RunAiStack a -StepOperator demo -ArtifactStore \"file:$($args[0])/store\" -ContainerRegistry "
            + "\"oci:$($args[0])/images\" -ImageBuilder Layer",
            _workspace.Folder).ThrowIfFailed();

        Assert.Equal(
            "StepOperator Url True; StepOperator Credentials True; StepOperator Project True; StepOperator Cluster True; "
            + "ArtifactStore Remote True; ArtifactStore Write True; ArtifactStore Read True; ArtifactStore List True; "
            + "ArtifactStore Condition True; ArtifactStore Address True; ArtifactStore Delete True; "
            + "ContainerRegistry Remote True; ContainerRegistry Push True; ImageBuilder Flavor True",
            Checks("Test-RunAiStack"));
        Assert.Single(Directory.GetFiles(Path.Combine(_workspace.Folder, "images", "blobs", "sha256")));
        Assert.Equal(true, _workspace.Run("Test-RunAiStack a -Quiet").TheOutput.BaseObject);
    }

    [Fact]
    public void Test_StackWithFaults_TellsEachInOneGo()
    {
        _workspace.Run(
            "$null = Register-RunAiStack a -StepOperator demo -ContainerRegistry \"oci:$($args[0])/runai.json/x\" -ImageBuilder None",
            _workspace.Folder).ThrowIfFailed();
        _workspace.Run("Set-RunAiStepOperator demo -ProjectName demmo").ThrowIfFailed();

        Assert.Equal(
            "StepOperator Url True; StepOperator Credentials True; StepOperator Project False; StepOperator Cluster False; "
            + "ContainerRegistry Remote True; ContainerRegistry Push False; ImageBuilder Flavor False",
            Checks("Test-RunAiStack a"));
        Assert.Equal(false, _workspace.Run("Test-RunAiStack a -Quiet").TheOutput.BaseObject);
    }

    [Fact]
    public void Test_WithoutAStack_SaysHowToRegisterOne()
    {
        var error = _workspace.Run("Test-RunAiStack").TheError;

        Assert.StartsWith("RunAi.StackNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Register-RunAiStack", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Completion_OfNames_OffersRegisteredStacks()
    {
        _workspace.Run(
            "$null = Register-RunAiStack prod -StepOperator demo; $null = Register-RunAiStack dev -StepOperator demo").ThrowIfFailed();

        var offered = _workspace.Run("(TabExpansion2 'Use-RunAiStack p' 16).CompletionMatches.CompletionText").ThrowIfFailed().Output;

        Assert.Equal("prod", Assert.Single(offered).BaseObject);
    }

    private string Checks(string command) => string.Join("; ", _workspace.Run(command).ThrowIfFailed().Output
        .Select(check => $"{check.Properties["Component"].Value} {check.Properties["Check"].Value} {check.Properties["Passed"].Value}"));
}
