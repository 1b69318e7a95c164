using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

namespace RunAi.PowerShell.Tests.Engine;

/// <summary>A user interface that keeps what is written to it and answers nothing but what was prepared.</summary>
internal sealed class RecordingUi(int? width = null) : PSHostUserInterface
{
    private readonly StringBuilder _text = new();

    public string Text
    {
        get
        {
            lock (_text)
            {
                return _text.ToString();
            }
        }
    }

    public override PSHostRawUserInterface? RawUI { get; } = width is { } columns ? new SizedRawUi(columns) : null;

    public override void Write(string value) => Append(value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Append(value);

    public override void WriteLine(string value) => Append(value + "\n");

    public override void WriteErrorLine(string value) => Append($"ERROR: {value}\n");

    public override void WriteDebugLine(string message) => Append($"DEBUG: {message}\n");

    public override void WriteVerboseLine(string message) => Append($"VERBOSE: {message}\n");

    public override void WriteWarningLine(string message) => Append($"WARNING: {message}\n");

    public override void WriteProgress(long sourceId, ProgressRecord record) =>
        Append($"PROGRESS: {record.Activity} | {record.StatusDescription} | {record.CurrentOperation}\n");

    /// <summary>What is typed, line by line.</summary>
    public Queue<string> Answers { get; } = [];

    /// <summary>What is typed where a secret is asked for.</summary>
    public SecureString? SecretAnswer { get; set; }

    public override string ReadLine()
    {
        var answer = Answers.Count > 0 ? Answers.Dequeue() : throw new NotSupportedException("Nobody is there to answer.");
        Append("\n");
        return answer;
    }

    public override SecureString ReadLineAsSecureString()
    {
        Append("\n");
        return SecretAnswer ?? throw new NotSupportedException("Nobody is there to answer.");
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw new NotSupportedException("Nobody is there to answer.");

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw new NotSupportedException("Nobody is there to answer.");

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) => throw new NotSupportedException("Nobody is there to answer.");

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        defaultChoice;

    private void Append(string text)
    {
        lock (_text)
        {
            _text.Append(text);
        }
    }
}
