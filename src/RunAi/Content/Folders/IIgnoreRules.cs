namespace RunAi.Content;

/// <summary>What ignore files say of the entries of a source folder, by the rules of the tool that a file is named after.</summary>
internal interface IIgnoreRules
{
    /// <summary>Whether an entry below a folder that is left out can be brought back.</summary>
    bool BringsBackBelow { get; }

    /// <summary>These rules and those of a folder's own ignore file, where such a file may stand there.</summary>
    /// <param name="prefix">The folder's path below the source folder with <c>/</c> at its end; empty for the source folder itself.</param>
    /// <param name="folder">The folder.</param>
    IIgnoreRules In(string prefix, DirectoryInfo folder);

    /// <summary>The line that leaves a path out; null when it stays.</summary>
    IgnoreLine? Ignoring(string path, bool isFolder);
}
