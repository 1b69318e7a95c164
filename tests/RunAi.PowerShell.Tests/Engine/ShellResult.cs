using System.Collections.ObjectModel;
using System.Management.Automation;

namespace RunAi.PowerShell.Tests.Engine;

/// <summary>What one script wrote to each stream, and the error that ended it, if one did.</summary>
internal sealed class ShellResult
{
    public ShellResult(Collection<PSObject> output, PSDataStreams streams, ErrorRecord? terminating)
    {
        Output = [.. output];
        Errors = [.. streams.Error];
        Warnings = [.. streams.Warning.Select(w => w.Message)];
        Verbose = [.. streams.Verbose.Select(v => v.Message)];
        Debug = [.. streams.Debug.Select(d => d.Message)];
        Information = [.. streams.Information.Select(i => i.ToString())];
        Progress = [.. streams.Progress.Select(p => $"{p.Activity}: {p.StatusDescription} {p.CurrentOperation}")];
        Terminating = terminating;
    }

    public IReadOnlyList<PSObject> Output { get; }

    public IReadOnlyList<ErrorRecord> Errors { get; }

    public IReadOnlyList<string> Warnings { get; }

    public IReadOnlyList<string> Verbose { get; }

    public IReadOnlyList<string> Debug { get; }

    public IReadOnlyList<string> Information { get; }

    public IReadOnlyList<string> Progress { get; }

    public ErrorRecord? Terminating { get; }

    /// <summary>The one error there is, terminating or not.</summary>
    public ErrorRecord TheError => Terminating ?? Assert.Single(Errors);

    /// <summary>The one object there is.</summary>
    public PSObject TheOutput
    {
        get
        {
            ThrowIfFailed();
            return Assert.Single(Output);
        }
    }

    public ShellResult ThrowIfFailed()
    {
        var failure = Terminating ?? (Errors.Count > 0 ? Errors[0] : null);
        return failure is null
            ? this
            : throw new InvalidOperationException($"{failure.FullyQualifiedErrorId}: {failure}", failure.Exception);
    }
}
