using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace RunAi.PowerShell.Tests.Engine;

/// <summary>
/// Environment variables, a clock and a short back-off that the module's commands find in the runspaces they are given to, in place of the
/// process's: the module's own SessionEnvironment, of the assembly that the engine imported. A variable that is not set here is the
/// process's.
/// </summary>
internal sealed class Surroundings : IDisposable
{
    private const string Type = "RunAi.PowerShell.Pipeline.SessionEnvironment";
    /// <summary>On a busy machine a completion needs longer than users are made to wait.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(10);

    private readonly ConcurrentDictionary<string, string?> _variables = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private IDisposable? _environment;

    /// <param name="time">The clock; the true one with short waits unless given.</param>
    public Surroundings(TimeProvider? time = null) => _time = time ?? new HastyTime();

    /// <summary>Sets a variable, or hides the process's with null.</summary>
    public void Set(string name, string? value) => _variables[name] = value;

    /// <summary>Has the commands of a runspace that has imported the module find these.</summary>
    public void GiveTo(Runspace runspace)
    {
        var command = (CmdletInfo)runspace.SessionStateProxy.InvokeCommand.GetCommand("Connect-RunAi", CommandTypes.Cmdlet);
        var type = command.ImplementingType.Assembly.GetType(Type, throwOnError: true)!;
        _environment ??= (IDisposable)Activator.CreateInstance(type, (Func<string, string?>)Variable, _time, RetryDelay)!;
        type.GetProperty("CompletionPatience")!.SetValue(_environment, Patience);
        type.GetMethod("Give", BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [runspace, _environment]);
    }

    public void Dispose() => _environment?.Dispose();

    private string? Variable(string name) => _variables.TryGetValue(name, out var value) ? value : Environment.GetEnvironmentVariable(name);
}
