using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;

namespace RunAi.PowerShell.Tests.Engine;

/// <summary>One PowerShell session of the real engine with the module imported from the checkout.</summary>
internal sealed class Shell : IDisposable
{
    public Shell(bool import = true, PSLanguageMode language = PSLanguageMode.FullLanguage, PSHost? host = null)
    {
        var state = InitialSessionState.CreateDefault2();
        Runspace = host is null ? RunspaceFactory.CreateRunspace(state) : RunspaceFactory.CreateRunspace(host, state);
        Runspace.Open();
        if (import)
        {
            Run("Import-Module $args[0]", Checkout.Manifest).ThrowIfFailed();
        }

        Runspace.SessionStateProxy.LanguageMode = language;
    }

    public Runspace Runspace { get; }

    /// <summary>Runs a script in the session and collects everything it wrote.</summary>
    public ShellResult Run(string script, params object?[] arguments)
    {
        using var shell = System.Management.Automation.PowerShell.Create(Runspace);
        shell.AddScript(script);
        foreach (var argument in arguments)
        {
            shell.AddArgument(argument);
        }

        try
        {
            return new ShellResult(shell.Invoke(), shell.Streams, null);
        }
        catch (RuntimeException failure)
        {
            return new ShellResult([], shell.Streams, failure.ErrorRecord);
        }
    }

    public void Dispose() => Runspace.Dispose();
}
