using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace RunAi.Quickstart.Running;

/// <summary>
/// Puts the arguments of a script into the language's words the way <c>pwsh -File</c> takes them: a word that begins with
/// a dash and a letter is a parameter's name, <c>-Name:$true</c> and <c>-Name:$false</c> are switches, all else is text.
/// </summary>
internal static partial class ScriptArguments
{
    public static string ToCommandText(IEnumerable<string> arguments) => string.Join(' ', arguments.Select(Word));

    private static string Word(string argument)
    {
        var match = Parameter().Match(argument);
        if (!match.Success)
        {
            return Quote(argument);
        }

        var value = match.Groups["value"];
        return match.Groups["name"].Value + (value.Success ? ":" + Value(value.Value) : "");
    }

    private static string Value(string text) =>
        text.ToLowerInvariant() is "$true" or "$false" ? text : Quote(text);

    private static string Quote(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    [GeneratedRegex(@"^(?<name>-[A-Za-z_]\w*)(:(?<value>.+))?\z", RegexOptions.Singleline)]
    private static partial Regex Parameter();
}
