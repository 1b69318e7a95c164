using System.Management.Automation;
using System.Net;
using System.Text;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

/// <summary>Drives the commands with every kind of credential and looks for the secret wherever something was written.</summary>
[Collection(CmdletCollection.Name)]
public sealed class SecretCanaryTests(EmulatedControlPlane plane) : IDisposable
{
    private readonly Workspace _workspace = new(plane, register: false, record: true);
    private readonly StringBuilder _seen = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Secret_OfAFullRun_IsNowhereToBeSeen()
    {
        var secure = new NetworkCredential("", plane.ClientSecret).SecurePassword;
        Look("$VerbosePreference = 'Continue'; $DebugPreference = 'Continue'");
        Look(StandInVault.Script);
        Look("Set-Secret runai_secret -Secret @{ client_id = $args[0]; client_secret = $args[1] }", plane.ClientId, plane.ClientSecret);
        Look("Register-RunAiStepOperator env -RunAiBaseUrl $args[0] -ProjectName demo -ClientId $args[1] -ClientSecret '{{env:RUNAI_TEST_SECRET}}'", plane.Uri, plane.ClientId);
        Look("Register-RunAiStepOperator key -RunAiBaseUrl $args[0] -ProjectName demo -ClientId '{{runai_secret.client_id}}' -ClientSecret '{{runai_secret.client_secret}}'", plane.Uri);
        Look("Register-RunAiStepOperator secure -RunAiBaseUrl $args[0] -ProjectName demo -ClientId $args[1] -ClientSecret $args[2]", plane.Uri, plane.ClientId, secure);
        Look("Register-RunAiStepOperator credential -RunAiBaseUrl $args[0] -ProjectName demo -Credential $args[1]", plane.Uri, new PSCredential(plane.ClientId, secure));
        Look("Register-RunAiStepOperator plain -RunAiBaseUrl $args[0] -ProjectName demo -ClientId me -ClientSecret $args[1]", plane.Uri, plane.ClientSecret);
        Look("Register-RunAiStepOperator loose -RunAiBaseUrl $args[0] -ProjectName demo -ClientId me -ClientSecret \"{{$($args[1])}}\" -WhatIf", plane.Uri, "not-a-secret");
        foreach (var name in (string[])["env", "key", "secure", "credential"])
        {
            Look($"Disconnect-RunAi; Get-RunAiStepOperator {name}; Test-RunAiStepOperator {name}; Connect-RunAi -StepOperator {name}; Get-RunAiSession");
            Look($"Invoke-RunAiStep canary -StepOperator {name} -Image busybox -Command sh, -c, 'env' -Environment @{{ A = 'b' }}");
            Look($"Submit-RunAiStep canary -StepOperator {name} -Image busybox -Command sh, -c, 'exit 5' | Wait-RunAiWorkload");
            Look($"Submit-RunAiStep canary -StepOperator {name} -Image busybox -WhatIf; Get-RunAiWorkload -StepOperator {name}");
        }

        plane.AddFault(new { method = "POST", path = "/api/v1/token", kind = "status", status = 500, count = 1 });
        Look("Disconnect-RunAi; Submit-RunAiStep canary -StepOperator env -Image busybox | Remove-RunAiWorkload");
        plane.AddFault(new { method = "POST", path = "/api/v1/token", kind = "expiredToken", count = 2 });
        Look("Disconnect-RunAi; Connect-RunAi -StepOperator env; $Error | ForEach-Object { $_; $_.Exception.ToString(); $_.ScriptStackTrace }");

        var written = _seen + _workspace.Host!.Text + Files() + CommandLines() + plane.Effects() + string.Join('\n', plane.RequestsInFull());
        Assert.Contains("POST /api/v1/token", written, StringComparison.Ordinal);
        Assert.Contains("canary", written, StringComparison.Ordinal);
        Assert.DoesNotContain(plane.ClientSecret, written, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(plane.ClientSecret)), written, StringComparison.Ordinal);
        Assert.DoesNotContain(Uri.EscapeDataString(plane.ClientSecret) + "&", written, StringComparison.Ordinal);
    }

    private void Look(string script, params object?[] arguments)
    {
        var result = _workspace.Run(script, arguments);
        _seen.AppendJoin('\n', result.Verbose).AppendJoin('\n', result.Debug).AppendJoin('\n', result.Warnings)
            .AppendJoin('\n', result.Progress).AppendJoin('\n', result.Information);
        foreach (var error in result.Terminating is null ? result.Errors : [.. result.Errors, result.Terminating])
        {
            _seen.AppendLine(error.ToString()).AppendLine(error.Exception.ToString()).AppendLine(PSSerializer.Serialize(error));
        }

        foreach (var output in result.Output)
        {
            _seen.AppendLine(output.ToString()).AppendLine(PSSerializer.Serialize(output, depth: 5));
        }
    }

    private string Files() => string.Join(
        '\n', Directory.EnumerateFiles(_workspace.Folder, "*", SearchOption.AllDirectories).Select(File.ReadAllText));

    private static string CommandLines()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "";
        }

        return string.Join('\n', Directory.EnumerateDirectories("/proc").Select(p => Path.Combine(p, "cmdline")).Where(File.Exists).Select(Read));

        static string Read(string path)
        {
            try
            {
                return File.ReadAllText(path);
            }
            catch (IOException)
            {
                // The process ended while it was looked at.
                return "";
            }
        }
    }
}
