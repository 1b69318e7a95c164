using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;
using RunAi.Quickstart.Hosting;

namespace RunAi.Quickstart.Running;

/// <summary>
/// One runspace of the real engine. Commands run one after another in its global scope; their output is laid out by the
/// engine's own formatting, and errors are shown as they come.
/// </summary>
internal sealed class ShellSession : IDisposable
{
    private readonly Terminal _terminal;
    private readonly QuickstartHost _host;
    private readonly Runspace _runspace;
    private readonly Lock _gate = new();
    private PowerShell? _running;
    private bool _stopAsked;

    public ShellSession(Terminal terminal, TimeProvider time, string? root)
    {
        _terminal = terminal;
        _host = new QuickstartHost(new QuickstartUI(terminal, new ProgressLine(terminal, time)));
        var state = InitialSessionState.CreateDefault2();
        state.Variables.Add(new SessionStateVariableEntry(
            "QuickstartRoot", root, "The root of the RunAi checkout", ScopedItemOptions.Constant));
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = ExecutionPolicy.RemoteSigned;
        }

        _runspace = RunspaceFactory.CreateRunspace(_host, state);
        _runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        _runspace.Open();
    }

    /// <summary>What <c>exit N</c> said, once a command said it.</summary>
    public int? ExitCode => _host.ExitCode;

    /// <summary>Whether no command is running.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return _running is null;
            }
        }
    }

    /// <summary>Imports a module by the path of its manifest.</summary>
    public Outcome Import(string manifest) => Run(shell => shell
        .AddCommand("Import-Module")
        .AddParameter("Name", manifest)
        .AddParameter("ErrorAction", ActionPreference.Stop));

    /// <summary>Runs text as if it had been typed, and keeps it in the history.</summary>
    public Outcome RunText(string text) => Run(shell => shell.AddScript(text, useLocalScope: false), addToHistory: true);

    /// <summary>Runs a script block in the global scope, so that what it sets stays and <c>exit</c> in it ends the session.</summary>
    /// <param name="block">What to run; <c>$PSScriptRoot</c> in it is the folder of the file it was parsed from.</param>
    /// <param name="arguments">What stands behind it, in the language's own words.</param>
    public Outcome RunBlock(ScriptBlock block, string arguments = "") => Run(shell => shell
        .AddScript(". $args[0] " + arguments, useLocalScope: false)
        .AddArgument(block));

    /// <summary>Asks the running command to stop. Says no when nothing runs, or when it was asked before.</summary>
    public bool TryStop()
    {
        lock (_gate)
        {
            if (_stopAsked || _running is not { InvocationStateInfo.State: PSInvocationState.Running } running)
            {
                return false;
            }

            _stopAsked = true;
            running.BeginStop(callback: null, state: null);
            return true;
        }
    }

    public void Dispose() => _runspace.Dispose();

    private Outcome Run(Action<PowerShell> build, bool addToHistory = false)
    {
        using var shell = PowerShell.Create(_runspace);
        build(shell);
        shell.AddCommand("Out-Default");
        shell.Streams.Error.DataAdded += (_, added) => Show(shell.Streams.Error[added.Index]);
        Begin(shell);
        var outcome = Outcome.Completed;
        try
        {
            shell.Invoke(input: null, new PSInvocationSettings { AddToHistory = addToHistory });
        }
        catch (PipelineStoppedException)
        {
            // A stopped command may also return as if it had ended by itself, so this is settled below for both.
            outcome = Outcome.Stopped;
        }
        catch (Exception e) when (e is RuntimeException or InvalidOperationException)
        {
            Show(ErrorText.RecordOf(e));
            outcome = Outcome.Failed;
        }
        finally
        {
            End();
        }

        if (!_stopAsked)
        {
            return outcome;
        }

        _terminal.WriteErrorLine("Stopped.", ConsoleColor.Red);
        return Outcome.Stopped;
    }

    private void Begin(PowerShell shell)
    {
        lock (_gate)
        {
            _running = shell;
            _stopAsked = false;
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _running = null;
        }
    }

    private void Show(ErrorRecord error) => _terminal.WriteErrorLine(ErrorText.Format(error), ConsoleColor.Red);
}
