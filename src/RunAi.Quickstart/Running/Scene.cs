using System.Management.Automation;

namespace RunAi.Quickstart.Running;

/// <summary>
/// A piece of a story: the remarks before a command, the command's lines, its statements, and whether a blank line sets it
/// off from the piece before.
/// </summary>
internal sealed record Scene(
    bool StartsParagraph,
    IReadOnlyList<string> Remarks,
    IReadOnlyList<string> Command,
    IReadOnlyList<ScriptBlock> Statements);
