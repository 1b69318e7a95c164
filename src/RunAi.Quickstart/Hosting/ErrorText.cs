using System.Management.Automation;

namespace RunAi.Quickstart.Hosting;

/// <summary>Puts an error into lines: what went wrong, its id and place, and what to do about it.</summary>
internal static class ErrorText
{
    public static string Format(ErrorRecord error)
    {
        var message = error.ErrorDetails is { Message.Length: > 0 } details ? details.Message : error.Exception.Message;
        var place = error.InvocationInfo is { ScriptName.Length: > 0 } at ? $" at {at.ScriptName}:{at.ScriptLineNumber}" : "";
        var lines = new List<string> { "ERROR: " + message, $"  ({error.FullyQualifiedErrorId}){place}" };
        if (error.ErrorDetails?.RecommendedAction is { Length: > 0 } action)
        {
            lines.Add("  What to do: " + action);
        }

        return string.Join(Environment.NewLine, lines);
    }

    /// <summary>The record of an exception that ended a command; the engine's own carry one.</summary>
    public static ErrorRecord RecordOf(Exception exception) =>
        exception is IContainsErrorRecord { ErrorRecord: { } record }
            ? record
            : new ErrorRecord(exception, exception.GetType().Name, ErrorCategory.NotSpecified, targetObject: null);
}
