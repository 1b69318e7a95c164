using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace RunAi.Packaging;

/// <summary>
/// Writes the .nuspec of the package from the module's manifest, with the tags by which PSResourceGet knows a module and its commands.
/// </summary>
internal static partial class NuspecFile
{
    /// <summary>The text of the file.</summary>
    public static string Text(string manifest, string version)
    {
        var text = File.ReadAllText(manifest);
        var commands = Quoted().Matches(Block(text, "CmdletsToExport")).Select(match => match.Groups["text"].Value).ToList();
        var tags = Quoted().Matches(Block(text, "Tags")).Select(match => match.Groups["text"].Value)
            .Concat(["PSModule", "PSIncludes_Cmdlet"])
            .Concat(commands.SelectMany(command => new[] { $"PSCmdlet_{command}", $"PSCommand_{command}" }));
        XNamespace space = "http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd";
        var metadata = new (string Name, string Value)[]
        {
            ("id", "RunAi"), ("version", version), ("authors", Value(text, "Author")), ("owners", Value(text, "CompanyName")),
            ("requireLicenseAcceptance", "false"), ("description", Value(text, "Description")),
            ("releaseNotes", Value(text, "ReleaseNotes")), ("copyright", Value(text, "Copyright")), ("tags", string.Join(" ", tags)),
            ("projectUrl", Value(text, "ProjectUri")), ("iconUrl", Value(text, "IconUri")),
        };
        var license = new XElement(space + "license", new XAttribute("type", "expression"), "MIT");
        return new XDocument(new XElement(
            space + "package",
            new XElement(space + "metadata", metadata.Select(field => new XElement(space + field.Name, field.Value)), license),
            new XElement(
                space + "files", new XElement(space + "file", new XAttribute("src", "**"), new XAttribute("target", ""))))).ToString();
    }

    private static string Value(string manifest, string key) =>
        Regex.Match(manifest, $@"\b{key} = '(?<value>[^']*)'").Groups["value"].Value;

    private static string Block(string manifest, string key) =>
        Regex.Match(manifest, $@"\b{key} = @\((?<block>[^)]*)\)").Groups["block"].Value;

    [GeneratedRegex("'(?<text>[^']+)'")]
    private static partial Regex Quoted();
}
