using System.Text.RegularExpressions;

namespace RunAi.Help;

/// <summary>Where the project's pages are read: the address in the module's manifest.</summary>
/// <param name="ProjectUri">The project's address, without a slash at its end.</param>
internal sealed partial record Site(string ProjectUri)
{
    /// <summary>Reads the address from the manifest.</summary>
    public static Site Of(string manifest) => new(Address().Match(File.ReadAllText(manifest)).Groups["address"].Value.TrimEnd('/'));

    /// <summary>The page of a command.</summary>
    public string PageOf(string command) => $"{ProjectUri}/blob/main/docs/reference/{command}.md";

    [GeneratedRegex("ProjectUri = '(?<address>[^']+)'")]
    private static partial Regex Address();
}
