using System.Globalization;
using System.Management.Automation.Host;
using System.Security;

namespace RunAi.PowerShell.Tests.Engine;

/// <summary>A host that keeps what is written to it, on a screen of a certain width if that matters.</summary>
internal sealed class RecordingHost(int? width = null) : PSHost
{
    private readonly RecordingUi _ui = new(width);

    /// <summary>Everything written to the host, line by line.</summary>
    public string Text => _ui.Text;

    /// <summary>Prepares what is typed at the questions that follow.</summary>
    public void Type(IEnumerable<string> answers, SecureString? secret = null)
    {
        foreach (var answer in answers)
        {
            _ui.Answers.Enqueue(answer);
        }

        _ui.SecretAnswer = secret;
    }

    public override string Name => "Recording";

    public override Version Version { get; } = new(1, 0);

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface UI => _ui;

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override void EnterNestedPrompt() => throw new NotSupportedException("No prompt in tests.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("No prompt in tests.");

    public override void NotifyBeginApplication() => _ui.WriteDebugLine("an application begins");

    public override void NotifyEndApplication() => _ui.WriteDebugLine("an application ends");

    public override void SetShouldExit(int exitCode) => _ui.WriteLine($"exit {exitCode}");
}
