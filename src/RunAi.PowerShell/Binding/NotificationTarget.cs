using System.Management.Automation;
using RunAi.Runs;

namespace RunAi.PowerShell.Binding;

/// <summary>
/// Whom the end of a run is told to: a web hook by the reference to its address, or a script block of the session. PowerShell converts each
/// of them.
/// </summary>
public sealed class NotificationTarget
{
    /// <summary>Refers to a web hook.</summary>
    /// <param name="target">The reference, after <c>teams:</c> or <c>slack:</c> where the message has that form. It is checked when it is
    /// used, so that no error repeats it.</param>
    public NotificationTarget(string target) => Text = target.Trim();

    /// <summary>Refers to a script block.</summary>
    /// <param name="script">It is called with the run.</param>
    public NotificationTarget(ScriptBlock script) => Script = script;

    /// <summary>The script block; null for a web hook.</summary>
    internal ScriptBlock? Script { get; }

    private string Text { get; } = "";

    /// <summary>What it is, without the text, which may be an address that was given by mistake.</summary>
    /// <returns>A word.</returns>
    public override string ToString() => Script is null ? "web hook" : "script block";

    /// <summary>The text as it is kept with a run.</summary>
    /// <exception cref="RunAiException"><see cref="ErrorIds.InvalidNotification"/>.</exception>
    internal string Checked() => NotifyTarget.Parse(Text).ToString();
}
