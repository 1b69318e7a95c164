using System.Text;
using RunAi.RunManifest;

namespace RunAi.StepRunner.Execution;

/// <summary>
/// The command with paths in the places of <c>{{inputs.NAME}}</c>, <c>{{outputs.NAME}}</c> and <c>{{checkpoint}}</c>, and its environment.
/// </summary>
internal sealed class CommandLine
{
    private readonly Dictionary<string, string> _paths = [];
    private readonly Dictionary<string, string> _variables = [];

    public void AddInput(string name, string path) => Add($"inputs.{name}", "RUNAI_INPUT_" + Upper(name), path);

    public void AddOutput(string name, string path) => Add($"outputs.{name}", "RUNAI_OUTPUT_" + Upper(name), path);

    public void AddCheckpoint(string path) => Add("checkpoint", "RUNAI_CHECKPOINT", path);

    public void AddVariable(string name, string value) => _variables[name] = value;

    public string[] Substitute(IReadOnlyList<string> command) => [.. command.Select(Substitute)];

    /// <summary>
    /// The runner's own environment without the address of the manifest, which is nothing the command needs, and with what was added.
    /// </summary>
    public string[] Environment(System.Collections.IDictionary inherited)
    {
        var variables = new List<string>();
        foreach (System.Collections.DictionaryEntry entry in inherited)
        {
            if ((string)entry.Key is var name && name != Manifest.AddressVariable && !_variables.ContainsKey(name))
            {
                variables.Add($"{name}={entry.Value}");
            }
        }

        foreach (var (name, value) in _variables)
        {
            variables.Add($"{name}={value}");
        }

        return [.. variables];
    }

    private static string Upper(string name) =>
        string.Create(name.Length, name, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsAsciiLetterOrDigit(text[i]) ? char.ToUpperInvariant(text[i]) : '_';
            }
        });

    private void Add(string word, string variable, string path)
    {
        _paths[word] = path;
        _variables[variable] = path;
    }

    /// <summary>What is between braces and no word of ours stays as it is: it is the command's own.</summary>
    private string Substitute(string argument)
    {
        var made = new StringBuilder();
        var rest = 0;
        for (int open; (open = argument.IndexOf("{{", rest, StringComparison.Ordinal)) >= 0;)
        {
            var close = argument.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0)
            {
                break;
            }

            var known = _paths.TryGetValue(argument[(open + 2)..close].Trim(), out var path);
            made.Append(argument, rest, open - rest).Append(known ? path : "{{");
            rest = known ? close + 2 : open + 2;
        }

        return made.Append(argument, rest, argument.Length - rest).ToString();
    }
}
