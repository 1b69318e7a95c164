using System.Management.Automation;
using System.Management.Automation.Runspaces;

// Stands in for pwsh, which is not on the test machines: pwsh -NoProfile -NonInteractive -File SCRIPT [ARGUMENT...] in the real engine,
// without the modules that ship with PowerShell. As pwsh does, it ends with the script's exit code, or 1 when the script throws.
if (args is not ["-NoProfile", "-NonInteractive", "-File", var script, .. var arguments])
{
    Console.Error.WriteLine("Usage: pwsh -NoProfile -NonInteractive -File SCRIPT [ARGUMENT...]");
    return 64;
}

using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
runspace.Open();
using var shell = PowerShell.Create(runspace);
shell.AddCommand(script);
foreach (var argument in arguments)
{
    shell.AddArgument(argument);
}

try
{
    foreach (var output in shell.Invoke())
    {
        Console.WriteLine(output);
    }

    return runspace.SessionStateProxy.GetVariable("LASTEXITCODE") as int? ?? 0;
}
catch (RuntimeException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}
