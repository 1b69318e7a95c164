using System.Globalization;
using System.Management.Automation.Host;

namespace RunAi.Quickstart.Hosting;

/// <summary>The engine's host: a console, and the exit code that a script asked for.</summary>
internal sealed class QuickstartHost(QuickstartUI ui) : PSHost
{
    /// <summary>What <c>exit N</c> said, once it was said.</summary>
    public int? ExitCode { get; private set; }

    public override string Name => "RunAi.Quickstart";

    public override Version Version => typeof(QuickstartHost).Assembly.GetName().Version!;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface UI => ui;

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw new NotSupportedException("This host has no nested prompts.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("This host has no nested prompts.");

    public override void NotifyBeginApplication()
    {
        // The console is shared with native programs as it is: nothing to save.
    }

    public override void NotifyEndApplication()
    {
        // Nothing was saved.
    }
}
