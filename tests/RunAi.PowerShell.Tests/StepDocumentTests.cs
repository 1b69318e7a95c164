using System.Management.Automation;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

/// <summary>Steps in files.</summary>
[Collection(RegistrationCollection.Name)]
public sealed class StepDocumentTests(EmulatedControlPlane plane) : IDisposable
{
    private const string Everything = """
        $step = New-RunAiStep train -BaseImage oci:./images:base -Source ./src -WorkingDir /opt/code -Command python, "it's", '{{inputs.data}}', '{{outputs.model}}' `
            -Environment @{ LR = 0.1; TOKEN = @{ secret = 'hub'; key = 'token' }; 'WITH-DASH' = 'é' } -Input @{ data = './data.csv'; out = '/' } -Output model, report -Checkpoint -Cache `
            -Retry @{ Preempted = 3; Backoff = 1.5 } -Settings (New-RunAiStepSettings -GpuPortionRequest 0.5 -NodePools a -WorkloadTimeout 90 -Label @{ 'a.io/b' = 'c' } -Port 80, 81 `
                -Mount (New-RunAiMount -Pvc data /data -ReadOnly:$false), (New-RunAiMount -Size 1G -AccessMode ReadWriteMany /new) -Toleration gpu -SecurityContext @{ RunAsUid = 5; SupplementalGroup = 2, 3 })

        """;

    private readonly Workspace _workspace = new(plane);

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("psd1", PSLanguageMode.FullLanguage)]
    [InlineData("json", PSLanguageMode.FullLanguage)]
    [InlineData("psd1", PSLanguageMode.ConstrainedLanguage)]
    public void Step_WrittenAndRead_IsTheSame(string format, PSLanguageMode language)
    {
        Prepare();
        _workspace.Shell.Runspace.SessionStateProxy.LanguageMode = language;

        var files = _workspace.Run(Everything
            + $"$step | Export-RunAiStep ./train.{format}; Import-RunAiStep ./train.{format} | Export-RunAiStep ./again.{format}")
            .ThrowIfFailed().Output;

        Assert.Equal([$"train.{format}", $"again.{format}"], files.Select(file => ((FileInfo)file.BaseObject).Name));
        var text = File.ReadAllText(Path.Combine(_workspace.Folder, $"train.{format}"));
        Assert.Equal(text, File.ReadAllText(Path.Combine(_workspace.Folder, $"again.{format}")));
        Assert.DoesNotContain(_workspace.Folder, text, StringComparison.Ordinal);
        Assert.All(["./src", "oci:./images:base", "./data.csv", "WITH-DASH", "readWriteMany", "a.io/b", "SupplementalGroup"], part =>
            Assert.Contains(part, text, StringComparison.Ordinal));
        var step = _workspace.Run($"Import-RunAiStep ./train.{format}").TheOutput;
        Assert.Equal(Path.Combine(_workspace.Folder, "src"), step.Properties["Source"].Value);
        Assert.Equal(["python", "it's", "{{inputs.data}}", "{{outputs.model}}"], (string[])step.Properties["Command"].Value);
        Assert.Equal("train", step.Properties["Name"].Value);
    }

    [Fact]
    public void Step_ReadFromAnotherFolder_IsSubmittedAsItWas()
    {
        Prepare();
        var runs = _workspace.Run("""
            New-RunAiStep t -Image busybox -Command echo, hi -Environment @{ A = 1 } -Settings @{ GpuDevicesRequest = 0; Mount = @{ Secret = 's'; Path = '/s' } } | Export-RunAiStep ./src
            Import-RunAiStep ./src | Submit-RunAiStep
            New-RunAiStep t -Image busybox -Command echo, hi -Environment @{ A = 1 } -Settings @{ GpuDevicesRequest = 0; Mount = @{ Secret = 's'; Path = '/s' } } | Submit-RunAiStep
            """).ThrowIfFailed().Output.Skip(1)
            .Select(run => plane.Training((string)run.Properties["WorkloadId"].Value)["spec"]!.AsObject()).ToList();

        Assert.All(runs, spec => spec.Remove("labels"));
        Assert.Equal(runs[1].ToJsonString(), runs[0].ToJsonString());
    }

    [Theory]
    [InlineData(
        "x.psd1", "@{ Name = 't'; Image = 'busybox'; Imag = 'x'; Setting = @{} }", "RunAi.InvalidStep,",
        "Imag: is not part of a step. Did you mean Image?", "Setting: is not part of a step. Did you mean Settings?")]
    [InlineData(
        "x.psd1", "@{ Name = 't'; Image = 'busybox'; Settings = @{ Mount = @{ Pvc = 'a'; Path = '/a'; Sise = 1 } } }", "RunAi.InvalidStep,",
        "Settings.Mount[0].Sise: is not a setting of a mount of kind pvc. Did you mean Size?")]
    [InlineData(
        "x.psd1", "@{ Name = 't'; Image = 'busybox'; Settings = @{ Mount = @{ Pvc = 'a'; Path = 'a' } } }", "RunAi.InvalidStepSettings,",
        "Mount[0].Path: 'a' is not an absolute path")]
    [InlineData(
        "x.json", "{\"Name\":\"t\",\"Image\":\"busybox\",\"Checkpoint\":\"maybe\"}", "RunAi.InvalidStep,",
        "Checkpoint: 'maybe' is neither true nor false.")]
    [InlineData("x.json", "[1]", "RunAi.InvalidStepDocument,", "holds no JSON object")]
    [InlineData("x.psd1", "@{ Name = $env:PATH }", "RunAi.InvalidStepDocument,", "more than constants")]
    [InlineData("x.psd1", "Remove-Item x; @{ Name = 't' }", "RunAi.InvalidStepDocument,", "does not hold one table")]
    [InlineData("x.psd1", "@{ Name = ", "RunAi.InvalidStepDocument,", "is no PowerShell: line 1")]
    [InlineData("x.yaml", "Name: t", "RunAi.InvalidStepDocument,", "ends neither in .psd1 nor in .json")]
    public void File_ThatIsWrong_IsToldWithItsPlace(string file, string text, string id, params string[] expected)
    {
        Prepare();
        File.WriteAllText(Path.Combine(_workspace.Folder, file), text);

        var error = _workspace.Run($"Import-RunAiStep ./{file}").TheError;

        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.All(expected, line => Assert.Contains(line, error.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void File_ThatHoldsSomethingElse_IsReplacedWithForceAlone()
    {
        Prepare();
        _workspace.Run("New-RunAiStep a -Image busybox | Export-RunAiStep ./a.psd1").ThrowIfFailed();

        Assert.StartsWith(
            "RunAi.InvalidStepDocument,",
            _workspace.Run("New-RunAiStep a -Image alpine | Export-RunAiStep ./a.psd1").TheError.FullyQualifiedErrorId,
            StringComparison.Ordinal);
        _workspace.Run("New-RunAiStep a -Image busybox | Export-RunAiStep ./a.psd1; New-RunAiStep a -Image alpine | Export-RunAiStep "
            + "./a.psd1 -Force -WhatIf").ThrowIfFailed();
        Assert.Contains("busybox", File.ReadAllText(Path.Combine(_workspace.Folder, "a.psd1")), StringComparison.Ordinal);
        _workspace.Run("New-RunAiStep a -Image alpine | Export-RunAiStep ./a.psd1 -Force").ThrowIfFailed();
        Assert.Contains("alpine", File.ReadAllText(Path.Combine(_workspace.Folder, "a.psd1")), StringComparison.Ordinal);
        Assert.Contains(
            "holds one step",
            _workspace.Run(
                "'b', 'c' | ForEach-Object { New-RunAiStep $_ -Image busybox } | Export-RunAiStep ./two.json").TheError.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void ScriptBlock_CannotBeWritten()
    {
        Prepare();
        var error = _workspace.Run("New-RunAiStep s -BaseImage busybox -ScriptBlock { 1 } | Export-RunAiStep ./s.psd1").TheError;

        Assert.StartsWith("RunAi.InvalidStep,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("ScriptBlock: cannot be written", error.ToString(), StringComparison.Ordinal);
    }

    private void Prepare()
    {
        Directory.CreateDirectory(Path.Combine(_workspace.Folder, "src"));
        File.WriteAllText(Path.Combine(_workspace.Folder, "data.csv"), "1");
        _workspace.Shell.Runspace.SessionStateProxy.Path.SetLocation(_workspace.Folder);
    }
}
