using System.Management.Automation.Language;

namespace RunAi.Quickstart.Running;

/// <summary>A script file, read and parsed; the engine is needed only to run it.</summary>
internal sealed class ParsedScript
{
    private ParsedScript(string path, ScriptBlockAst tree, IReadOnlyList<string> faults)
    {
        Path = path;
        Tree = tree;
        Faults = faults;
    }

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    public ScriptBlockAst Tree { get; }

    /// <summary>What the parser did not like, one line each with its place.</summary>
    public IReadOnlyList<string> Faults { get; }

    /// <summary>Reads a script that exists.</summary>
    public static ParsedScript Read(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        var tree = Parser.ParseFile(full, out _, out var errors);
        return new ParsedScript(full, tree, [.. errors.Select(error =>
            $"ERROR: {error.Message}{Environment.NewLine}  ({error.ErrorId}) at {full}:{error.Extent.StartLineNumber}")]);
    }
}
