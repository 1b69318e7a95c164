using System.Collections;
using System.Management.Automation;
using System.Xml;
using RunAi.Runs.Log;

namespace RunAi.PowerShell.Scripts;

/// <summary>Reads back what a script block gave: the lines that <c>run.ps1</c> wrote in the container.</summary>
internal static class ScriptResult
{
    /// <summary>Gives each object and error in order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="onObject">Takes an object.</param>
    /// <param name="onError">Takes an error that did not end the block.</param>
    /// <returns>The error that ended it; null for none.</returns>
    /// <exception cref="ArtifactException"><see cref="ErrorIds.ArtifactDamaged"/>: the file is no such result.</exception>
    public static ErrorRecord? Read(string path, Action<object?> onObject, Action<ErrorRecord> onError)
    {
        ErrorRecord? end = null;
        foreach (var line in File.ReadLines(path))
        {
            switch (line.Length > 2 ? line.Substring(0, 2) : "")
            {
                case "O ":
                    onObject(Value(line));
                    break;
                case "E ":
                    onError(Error(line));
                    break;
                case "T ":
                    end = Error(line);
                    break;
                default:
                    throw Damaged(null);
            }
        }

        return end;
    }

    private static object? Value(string line)
    {
        try
        {
            return PSSerializer.Deserialize(line.Substring(2));
        }
        catch (Exception wrong) when (wrong is XmlException or RuntimeException or InvalidOperationException)
        {
            throw Damaged(wrong);
        }
    }

    private static ErrorRecord Error(string line)
    {
        var told = Value(line) is PSObject { BaseObject: IDictionary table } ? table : Value(line) as IDictionary ?? throw Damaged(null);
        var error = new ScriptErrorException(Text("Message"))
        {
            OriginalType = Text("ExceptionType"),
            OriginalErrorId = Text("Id"),
            OriginalPosition = Text("Position"),
            OriginalScriptStackTrace = Text("ScriptStackTrace"),
            Target = told["Target"],
        };
        var category = LanguagePrimitives.TryConvertTo<ErrorCategory>(told["Category"], out var known) ? known : ErrorCategory.NotSpecified;
        var record = new ErrorRecord(error, error.OriginalErrorId, category, error.Target)
        {
            ErrorDetails = new ErrorDetails(error.Message) { RecommendedAction = Text("RecommendedAction") },
        };
        record.CategoryInfo.Activity = Text("Activity");
        record.CategoryInfo.Reason = Text("Reason");
        record.CategoryInfo.TargetName = Text("TargetName");
        record.CategoryInfo.TargetType = Text("TargetType");
        return record;

        // What a workload says is not trusted with the terminal.
        string Text(string name) => string.Join(
            "\n", (told[name]?.ToString() ?? "").Split('\n').Select(text => LogText.Clean(text.TrimEnd('\r'), underAzureDevOps: true)));
    }

    private static ArtifactException Damaged(Exception? cause) =>
        new(
            ErrorIds.ArtifactDamaged,
            "What the script block gave cannot be read: it is not what the step's run.ps1 writes. Run the step again.", cause);
}
