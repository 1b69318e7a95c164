using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;

namespace RunAi.Quickstart.Hosting;

/// <summary>
/// The engine's user interface on a console. As with pwsh, output, warnings and verbose lines go to standard output and
/// errors to standard error.
/// </summary>
internal sealed class QuickstartUI(Terminal terminal, ProgressLine progress) : PSHostUserInterface
{
    private readonly Keyboard _keyboard = new(terminal);

    public override PSHostRawUserInterface RawUI { get; } = new RawTerminal(terminal);

    public override bool SupportsVirtualTerminal => terminal.TakesEscapes;

    public override void Write(string value) => terminal.Write(Decorated(value));

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        terminal.Write(Decorated(value), foregroundColor);

    public override void WriteLine(string value) => terminal.WriteLine(Decorated(value));

    public override void WriteErrorLine(string value) => terminal.WriteErrorLine(Decorated(value), ConsoleColor.Red);

    public override void WriteWarningLine(string message) => terminal.WriteLine("WARNING: " + message, ConsoleColor.Yellow);

    public override void WriteVerboseLine(string message) => terminal.WriteLine("VERBOSE: " + message, ConsoleColor.DarkYellow);

    public override void WriteDebugLine(string message) => terminal.WriteLine("DEBUG: " + message, ConsoleColor.DarkYellow);

    public override void WriteProgress(long sourceId, ProgressRecord record) => progress.Show(record);

    public override string ReadLine() => _keyboard.Ask("");

    public override SecureString ReadLineAsSecureString() => _keyboard.AskSecret("");

    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions)
    {
        Introduce(caption, message);
        return descriptions.ToDictionary(field => field.Name, field => PSObject.AsPSObject(Answer(field)));
    }

    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Introduce(caption, message);
        var menu = new ChoiceMenu(choices, defaultChoice);
        while (true)
        {
            if (menu.Pick(_keyboard.Ask(menu.Question)) is { } choice)
            {
                return choice;
            }
        }
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName)
    {
        Introduce(caption, message);
        var user = string.IsNullOrEmpty(userName) ? _keyboard.Ask("User: ") : userName;
        return new PSCredential(user, _keyboard.AskSecret($"Password for {user}: "));
    }

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) =>
        PromptForCredential(caption, message, userName, targetName);

    // The formatting decorates table headers and leaves it to the host to take that off again.
    private string Decorated(string text) =>
        terminal.TakesEscapes ? text : new StringDecorated(text).ToString(OutputRendering.PlainText);

    private object Answer(FieldDescription field) =>
        field.ParameterTypeFullName == typeof(SecureString).FullName
            ? _keyboard.AskSecret(field.Name + ": ")
            : _keyboard.Ask(field.Name + ": ");

    private void Introduce(params IEnumerable<string> lines)
    {
        foreach (var line in lines.Where(line => !string.IsNullOrEmpty(line)))
        {
            terminal.WriteLine(line);
        }
    }
}
