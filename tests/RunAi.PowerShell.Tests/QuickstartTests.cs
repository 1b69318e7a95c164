using System.Diagnostics;
using System.Text.RegularExpressions;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

/// <summary>What a newcomer runs first: the starter of a real PowerShell, from outside.</summary>
public sealed partial class QuickstartTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("runai-story-");
    private readonly Dictionary<string, string> _environment;

    public QuickstartTests()
    {
        // A temporary folder of its own shows what is left behind.
        _environment = new()
        {
            ["RUNAI_CONFIG"] = Path.Combine(_folder.FullName, "runai.json"),
            ["RUNAI_CACHE"] = Path.Combine(_folder.FullName, "cache"),
            // Views write numbers as the culture does.
            ["LC_ALL"] = "C.UTF-8",
            ["TMPDIR"] = _folder.CreateSubdirectory("tmp").FullName,
        };
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Story_TellsTheWholeJobAndLeavesNothing()
    {
        var ended = await Quickstart.EndAsync(_environment);

        Assert.True(ended.ExitCode == 0, ended.ToString());
        var lines = ended.Lines;
        // A comment and its command, the live log, the artifacts, the image that is there, the cache, the next step, the failure.
        var comment = Array.IndexOf(lines, "# Run it: the image and the data go up, the log comes down while it runs.");
        Assert.Equal("PS> $run = $train | Invoke-RunAiStep", lines[comment + 1]);
        Assert.Contains("accuracy  0.978 (44 of 45)", lines);
        Assert.Contains(lines, line => Regex.IsMatch(line, @"^report +[0-9]+ B file:///"));
        Assert.Contains(lines, line => Regex.IsMatch(line, @"^[1-9][0-9,]* B +0 B oci:"));
        Assert.Contains("Taken from the cache: True", lines);
        Assert.Contains(lines, line => line.EndsWith("6.3,3.3,6.0,2.5 is virginica", StringComparison.Ordinal));
        Assert.Contains("exit code  2", lines);
        Assert.Contains("train.sh: TEST_SHARE 1 holds back 50 of the 50 rows of setosa", lines);
        Assert.Equal("Accuracy on flowers it has not seen: 0.978", lines.Last(line => line.Length > 0));
        // In 80 columns nothing is cut off, and no control sequence goes into a file or pipe.
        Assert.Contains(lines, line => Regex.IsMatch(line, "^Active +Name +StepOperator +ArtifactStore +ContainerRegistry +ImageBuilder$"));
        Assert.DoesNotContain('…', string.Join('\n', lines));
        Assert.DoesNotContain('\x1b', string.Join('\n', lines));
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task Sample_AsAScript_ShowsTablesAndOneList()
    {
        _environment["RUNAI_STATE"] = Path.Combine(_folder.FullName, "state");

        var ended = await Quickstart.EndAsync(_environment, "-File", Path.Combine(Checkout.Root, "samples", "iris.ps1"));

        Assert.True(ended.ExitCode == 0, ended.ToString());
        // The list is the diagnosis of the step that fails.
        Assert.Equal(
            ["Name", "Phase", "Cause", "Summary", "Remedy", "Evidence", "Unread"],
            ended.Lines.Select(line => ListItem().Match(line)).Where(item => item.Success).Select(item => item.Groups[1].Value));
        Assert.Equal(3, ended.Lines.Count(line => Regex.IsMatch(line, "^Step +State +Submitted ")));
        Assert.Equal("Accuracy on flowers it has not seen: 0.978", ended.Lines.Last(line => line.Length > 0));
    }

    [SkippableFact]
    public async Task Story_AfterCtrlC_EndsWithItsEmulator()
    {
        using var terminal = new Terminal(_environment, "dotnet", Path.Combine(Quickstart.Folder, "RunAi.Quickstart.dll"));
        await terminal.WaitForAsync("Test-RunAiStack iris");

        await terminal.TypeAsync(Terminal.Interrupt);
        var (exitCode, shown) = await terminal.EndAsync();

        Assert.True(exitCode == 130, shown);
        Assert.DoesNotContain("Accuracy", shown, StringComparison.Ordinal);
        await AssertEndsAsync(int.Parse(EmulatorRow().Match(shown).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Empty(Directory.GetDirectories(_environment["TMPDIR"], "runai-quickstart-*"));
    }

    [SkippableFact]
    public async Task Prompt_IsTheShellsOwn_WithTheModuleLoaded()
    {
        using var terminal = new Terminal(_environment, "dotnet", Path.Combine(Quickstart.Folder, "RunAi.Quickstart.dll"), "-Prompt");
        await terminal.WaitForAsync("PS ");

        await terminal.TypeAsync("'<' + ((Get-Module PSReadLine, RunAi).Name -join '+') + '>'\r");
        await terminal.WaitForAsync("<PSReadLine+RunAi>");
        // Ctrl+C ends the command, not the prompt.
        await terminal.TypeAsync("'wait' + 'ing'; Start-Sleep 1000\r");
        await terminal.WaitForAsync("waiting");
        await terminal.TypeAsync(Terminal.Interrupt);
        await terminal.WaitForAsync("PS ");
        await terminal.TypeAsync("exit 5\r");
        var (exitCode, shown) = await terminal.EndAsync();

        Assert.True(exitCode == 5, shown);
    }

    [Fact]
    public async Task File_GetsItsArgumentsAndTheModule_AndPassesItsExitCodeOn()
    {
        var script = Script("""
            param([string] $Name, [switch] $Loud)
            Import-Module RunAi
            "$Name|$Loud|$args|$PSScriptRoot|$((Get-Command Submit-RunAiStep).Module.Path)"
            exit 7
            """);

        var ended = await Quickstart.EndAsync(_environment, "-File", script, "-Name", "a b", "-Loud", "rest");

        Assert.True(ended.ExitCode == 7, ended.ToString());
        var module = Path.Combine(Checkout.Root, "module", "bin", "core", "RunAi.PowerShell.dll");
        Assert.Contains($"a b|True|rest|{_folder.FullName}|{module}", ended.Lines);
        AssertNothingIsLeft();
    }

    [Theory]
    [InlineData("throw 'on purpose'", 1)]
    [InlineData("'unclosed", 1)]
    [InlineData("exit 3", 3)]
    [InlineData("$ErrorActionPreference = 'Stop'\nGet-Item /nonesuch\n'not reached'", 1)]
    public async Task ShownScript_ThatFails_EndsWithItsExitCode(string text, int exitCode)
    {
        var script = Script(text + "\n'not reached'\n");

        var ended = await Quickstart.EndAsync(_environment, "-File", Path.Combine(Quickstart.Folder, "Show.ps1"), script);

        Assert.True(ended.ExitCode == exitCode, ended.ToString());
        Assert.DoesNotContain("not reached", ended.Lines);
        Assert.Equal(exitCode == 1, ended.Errors.Contains(script, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ShownScript_ThatIsGone_IsToldAndIsExitCode1()
    {
        var script = Path.Combine(_folder.FullName, "gone.ps1");

        var ended = await Quickstart.EndAsync(_environment, "-File", Path.Combine(Quickstart.Folder, "Show.ps1"), script);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains(script, ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ShownScript_RunsInOneScope_EachStatementAfterItsText()
    {
        var script = Script("""
            # A remark
            # of two lines.
            $a = 1; $b = 2

            function Get-Sum {
                $a + $b
            }
            Get-Sum
            'x1y' -match '\d' | Out-Null
            $Matches[0]; (Split-Path $PSScriptRoot) -eq (Split-Path (Split-Path $PSCommandPath))
            """);

        var ended = await Quickstart.EndAsync(_environment, "-File", Path.Combine(Quickstart.Folder, "Show.ps1"), script);

        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Equal(
            [
                "# A remark",
                "# of two lines.",
                "PS> $a = 1; $b = 2",
                "",
                "PS> function Get-Sum {",
                ">>>     $a + $b",
                ">>> }",
                "PS> Get-Sum",
                "3",
                @"PS> 'x1y' -match '\d' | Out-Null",
                "PS> $Matches[0]; (Split-Path $PSScriptRoot) -eq (Split-Path (Split-Path $PSCommandPath))",
                "1",
                "True",
            ],
            ended.Lines.SkipLast(1));
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task Signal_ToTheStarterAlone_EndsTheScriptAsCtrlCDoes(string signal, int exitCode)
    {
        var script = Script("""
            try { 'waiting'; Start-Sleep 1000 } finally { [System.IO.File]::WriteAllText("$PSScriptRoot/finally.txt", 'ran') }
            """);
        using var process = Quickstart.Start(_environment, "-File", script);
        while (await process.StandardOutput.ReadLineAsync() is { } line && line != "waiting")
        {
            // Until it waits.
        }

        using var kill = Process.Start("sh", ["-c", $"kill -{signal} {process.Id}"]);
        await process.WaitForExitAsync();

        Assert.Equal(exitCode, process.ExitCode);
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "finally.txt")), "The script's finally block did not run.");
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task ToolThatCannotBeRestored_IsAnErrorThatSaysWhatToDo()
    {
        var home = _folder.CreateSubdirectory("home");
        var feed = _folder.CreateSubdirectory("feed").FullName;
        await File.WriteAllTextAsync(
            Path.Combine(home.CreateSubdirectory(".nuget/NuGet").FullName, "NuGet.Config"),
            $"""<configuration><packageSources><clear /><add key="none" value="{feed}" /></packageSources></configuration>""");
        _environment["HOME"] = _environment["DOTNET_CLI_HOME"] = home.FullName;
        _environment["NUGET_PACKAGES"] = Path.Combine(home.FullName, "packages");

        var ended = await Quickstart.EndAsync(_environment);

        Assert.Equal(1, ended.ExitCode);
        Assert.Equal([""], ended.Lines);
        Assert.Contains("'dotnet tool restore' ended with exit code 1", ended.Errors, StringComparison.Ordinal);
        Assert.Contains(feed, ended.Errors, StringComparison.Ordinal);
        Assert.Contains("type:\n  dotnet tool restore\n", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("pwsh samples/iris.ps1", ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Nonesuch")]
    [InlineData("-File")]
    [InlineData("-Prompt", "extra")]
    public async Task WrongCommandLine_IsToldAndIsExitCode2(params string[] arguments)
    {
        var ended = await Quickstart.EndAsync(_environment, arguments);

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains($"'{arguments[^1]}'", ended.Errors, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^ +(\d+) http://127\.0\.0\.1:\d+", RegexOptions.Multiline)]
    private static partial Regex EmulatorRow();

    [GeneratedRegex(@"^([A-Z][A-Za-z]+) +:( |$)")]
    private static partial Regex ListItem();

    private static async Task AssertEndsAsync(int processId)
    {
        try
        {
            using var emulator = Process.GetProcessById(processId);
            await emulator.WaitForExitAsync();
        }
        catch (ArgumentException)
        {
            // It has ended already.
            return;
        }
    }

    private string Script(string text)
    {
        var path = Path.Combine(_folder.FullName, "script.ps1");
        File.WriteAllText(path, text);
        return path;
    }

    private void AssertNothingIsLeft()
    {
        Assert.Empty(Directory.GetDirectories(_environment["TMPDIR"], "runai*"));
        Assert.Empty(Directory.GetDirectories(_environment["TMPDIR"], "iris*"));
        Assert.False(File.Exists(_environment["RUNAI_CONFIG"]), "It wrote to the user's configuration.");
    }
}
