using System.Collections;
using System.Globalization;
using System.Management.Automation;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

/// <summary>
/// Steps with a script block, really run by a process with the PowerShell engine in the place of pwsh. That engine has no Write-Warning and
/// the like, so blocks write through their own $PSCmdlet.
/// </summary>
[Collection(RunCollection.Name)]
public sealed class ScriptBlockTests : IDisposable
{
    private const string Invoke =
        "Invoke-RunAiStep block -Source \"$f/bin\" -WorkingDir /opt/pwsh -BaseImage \"oci:$f/base\" -Environment @{ PATH = '/opt/pwsh' } "
        + "-Settings @{ GpuDevicesRequest = 0 } ";

    private readonly EmulatedControlPlane _plane;
    private readonly Workspace _workspace;

    public ScriptBlockTests(EmulatedControlPlane plane)
    {
        _plane = plane;
        _workspace = Workspace.WithStack(plane);
        StandInPwsh.Write(Path.Combine(_workspace.Folder, "bin"));
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void ArgumentsAndUsingValues_ArriveWithTheirTypes_AndObjectsComeBackInOrder()
    {
        var result = _workspace.Run($$"""
            $name = 'Zoë – 日本 🚀'
            $table = @{ rows = @(@{ size = 3 }, @{ size = 7 }) }
            $splat = @{ a = 1; b = 2 }
            function Start-It {
                $local = [datetime]::new(2026, 11, 24, 0, 0, 0, [DateTimeKind]::Utc)
                {{Invoke}} -ScriptBlock {
                    param($number, [string[]] $texts, $nested, $nothing, $custom)
                    $number + 1
                    $number.GetType().FullName
                    , $texts
                    $nested.a.b.c.d[1]
                    $null -eq $nothing
                    $custom.Price
                    "$using:name!"
                    $using:table.rows[1].size
                    $using:LOCAL
                    (& { $using:local }).Year
                    $sum = { param($a, $b) $a + $b }
                    & $sum @using:splat
                    [pscustomobject]@{ Name = $using:name; Deep = @{ x = @{ y = @{ z = 1 } } } }
                } -ArgumentList 41L, @('one', 'two'), @{ a = @{ b = @{ c = @{ d = 1, 2 } } } }, $null, ([pscustomobject]@{ Price = 1.5d })
            }
            Start-It | Receive-RunAiStep
            """).ThrowIfFailed();

        var values = result.Output.Select(output => output?.BaseObject).ToArray();
        Assert.Equal(42L, values[0]);
        Assert.Equal("System.Int64", values[1]);
        Assert.Equal(["one", "two"], ((IEnumerable)values[2]!).Cast<object>().Select(item => item.ToString()));
        Assert.Equal(2, values[3]);
        Assert.Equal(true, values[4]);
        Assert.Equal(1.5m, Convert.ToDecimal(values[5], CultureInfo.InvariantCulture));
        Assert.Equal("Zoë – 日本 🚀!", values[6]);
        Assert.Equal(7, values[7]);
        Assert.Equal(new DateTime(2026, 11, 24, 0, 0, 0, DateTimeKind.Utc), values[8]);
        Assert.Equal(2026, values[9]);
        Assert.Equal(3, values[10]);
        Assert.Equal("Zoë – 日本 🚀", result.Output[11].Properties["Name"].Value);
        var deep = (IDictionary)((PSObject)result.Output[11].Properties["Deep"].Value).BaseObject;
        Assert.Equal(1, ((IDictionary)Plain(((IDictionary)Plain(deep["x"]))["y"]))["z"]);
        Assert.Equal(12, values.Length);
    }

    [Fact]
    public void ErrorsComeBackAsErrors_MessagesGoToTheLog_AndTheStepSucceeds()
    {
        var run = _workspace.Run($$"""
            {{Invoke}} -ScriptBlock {
                [CmdletBinding()] param()
                'before'
                $PSCmdlet.WriteWarning('almost full – für dich')
                $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new([System.IO.FileNotFoundException]::new('no such row'), 'RowMissing', 'ObjectNotFound', 'row 7'))
                1..20000 | ForEach-Object { "line $_" }
            }
            """);
        Assert.Equal("Succeeded", run.TheOutput.Properties["State"].Value.ToString());
        Assert.Empty((IDictionary)run.TheOutput.Properties["Outputs"].Value);
        Assert.Contains("WARNING: almost full – für dich", run.Information);

        var received = _workspace.Run("Receive-RunAiStep $args[0].RunId", run.TheOutput);

        Assert.Null(received.Terminating);
        Assert.Equal(20001, received.Output.Count);
        Assert.Equal(
            ("before", "line 1", "line 20000"),
            (received.Output[0].ToString(), received.Output[1].ToString(), received.Output[^1].ToString()));
        var error = Assert.Single(received.Errors);
        Assert.StartsWith("RowMissing", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(
            (ErrorCategory.ObjectNotFound, "row 7", "no such row"),
            (error.CategoryInfo.Category, error.TargetObject?.ToString(), error.ToString()));
        Assert.Equal("System.IO.FileNotFoundException", Property(error, "OriginalType"));
        Assert.Contains("<ScriptBlock>", Property(error, "OriginalScriptStackTrace"), StringComparison.Ordinal);
    }

    [Fact]
    public void Throw_FailsTheRunEverywhere_AndReceiveGivesWhatCameBefore()
    {
        var run = _workspace.Run(
            Invoke.Replace("Invoke", "Submit", StringComparison.Ordinal) + "-ScriptBlock { 1; 2; throw 'the oven is cold' }").TheOutput;
        var waited = _workspace.Run("$args[0] | Wait-RunAiWorkload", run);
        Assert.StartsWith("RunAi.WorkloadFailed,", waited.TheError.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("the oven is cold", waited.TheError.ToString(), StringComparison.Ordinal);
        Assert.Equal("Failed", _workspace.Run("(Get-RunAiWorkload $args[0].WorkloadName).Phase", run).TheOutput.ToString());

        var received = _workspace.Run("$script:got = @(); Receive-RunAiStep $args[0].RunId | ForEach-Object { $script:got += $_ }", run);

        Assert.StartsWith("RunAi.WorkloadFailed,", received.TheError.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("exit code 1", received.TheError.ToString(), StringComparison.Ordinal);
        Assert.Contains("the oven is cold", received.TheError.ToString(), StringComparison.Ordinal);
        Assert.Equal("12", string.Concat(_workspace.Run("$script:got").Output));
    }

    [Fact]
    public void Throw_IsTheHeadlineOfTheFailureOfInvoke()
    {
        var error = _workspace.Run(Invoke + "-ScriptBlock { 1; throw [IO.FileNotFoundException]::new('no data') }").TheError;

        Assert.StartsWith("RunAi.WorkloadFailed,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Matches("^Step '[^']+' failed with exit code 1: no data\n", error.ToString());
        Assert.Equal("no data", error.Exception.InnerException!.Message);
        Assert.Equal("Failed", PSObject.AsPSObject(error.TargetObject).Properties["State"].Value.ToString());
    }

    [Fact]
    public void Exit_IsTheStepsExitCode()
    {
        var error = _workspace.Run(Invoke + "-ScriptBlock { 'kept'; exit 3 }").TheError;

        Assert.Contains("exit code 3", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ImageWithoutPwsh_NamesOneThatHas()
    {
        // Without a PATH of the step's, the emulator's processes have this machine's, which may lead to a pwsh.
        var error = _workspace.Run(
            "Invoke-RunAiStep block -BaseImage \"oci:$f/base\" -Environment @{ PATH = '/opt/none' } -Settings @{ GpuDevicesRequest = 0 } "
            + "-ScriptBlock { 1 }").TheError;

        Assert.Contains("mcr.microsoft.com/powershell", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Cache_GivesTheObjectsOfTheEarlierRun()
    {
        var created = _plane.Created("runai-block");
        var both = _workspace.Run($$"""
            1..2 | ForEach-Object { {{Invoke}} -Cache -ScriptBlock { param($a) $a * 2 } -ArgumentList 21 | Receive-RunAiStep }
            """).ThrowIfFailed();

        Assert.Equal(["42", "42"], both.Output.Select(output => output.ToString()));
        Assert.Equal(created + 1, _plane.Created("runai-block"));
    }

    [Theory]
    [InlineData("-ArgumentList ([System.IO.MemoryStream]::new())", "ArgumentList[0]: is a System.IO.MemoryStream")]
    [InlineData(
        "-ArgumentList 1, @{ who = @([System.Diagnostics.Process]::GetCurrentProcess()) }",
        "ArgumentList[1].who[0]: is a System.Diagnostics.Process")]
    [InlineData("-ArgumentList ([runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2()))", "ArgumentList[0]: is a ")]
    [InlineData("-ArgumentList ([System.Net.Sockets.TcpClient]::new())", "ArgumentList[0]: is a System.Net.Sockets.TcpClient")]
    [InlineData("-ArgumentList ([securestring]::new())", "ArgumentList[0]: is a secret")]
    [InlineData(
        "-ArgumentList ([pscustomobject]@{ login = [pscredential]::new('me', [securestring]::new()) })",
        "ArgumentList[0].login: is a secret")]
    [InlineData("-ArgumentList { 1 }", "ArgumentList[0]: is a script block")]
    [InlineData("-ArgumentList $deep", "lies deeper than 10")]
    public void Argument_ThatCannotTravel_IsRefusedByName(string arguments, string told)
    {
        var since = _plane.LastRequest();
        var error = _workspace.Run(
            "$deep = @{ }; $deep.self = $deep; Submit-RunAiStep block -BaseImage \"oci:$f/base\" -ScriptBlock { 1 "
            + $"}} {arguments}").TheError;

        Assert.StartsWith("RunAi.InvalidStep,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(told, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_plane.Requests(since));
    }

    [Theory]
    [InlineData("{ $using:nowhere }", "$using:nowhere: has no value")]
    [InlineData("{ $using:key }", "$using:key: is a secret")]
    [InlineData("{ $using:table.stream }", "$using:table.stream: is a System.IO.MemoryStream")]
    public void UsingValue_ThatCannotTravel_IsRefusedByName(string block, string told)
    {
        var error = _workspace.Run(
            "$key = [securestring]::new(); $table = @{ stream = [System.IO.MemoryStream]::new() }; New-RunAiStep block -BaseImage alpine "
            + $"-ScriptBlock {block}").TheError;

        Assert.StartsWith("RunAi.InvalidStep,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(told, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void UsingOfAnInnerJob_IsTheBlocksOwn() =>
        _workspace.Run("New-RunAiStep block -BaseImage alpine -ScriptBlock { $x = 1; 1..3 | ForEach-Object -Parallel { $using:x }; "
            + "Start-Job { $using:x } }").ThrowIfFailed();

    [Fact]
    public void ScriptBlock_TakesThePlaceOfACommand_AndOfReservedNames()
    {
        Assert.StartsWith(
            "AmbiguousParameterSet,",
            _workspace.Run("New-RunAiStep block -BaseImage alpine -ScriptBlock { 1 } -Command echo").TheError.FullyQualifiedErrorId,
            StringComparison.Ordinal);
        Assert.Contains(
            "runai-result",
            _workspace.Run("New-RunAiStep block -BaseImage alpine -ScriptBlock { 1 } -Output runai-result").TheError.ToString(),
            StringComparison.Ordinal);
        Assert.Equal(" 1 ", _workspace.Run("(New-RunAiStep block -BaseImage alpine -ScriptBlock { 1 }).Script.Text").TheOutput.ToString());
        Assert.Contains(
            "mcr.microsoft.com/powershell", _workspace.Run("New-RunAiStep block -ScriptBlock { 1 }").TheError.ToString(),
            StringComparison.Ordinal);
    }

    private static object Plain(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value!;

    private static string Property(ErrorRecord error, string name) =>
        (string)error.Exception.GetType().GetProperty(name)!.GetValue(error.Exception)!;
}
