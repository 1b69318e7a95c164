namespace RunAi.Help;

/// <summary>The help of one command.</summary>
/// <param name="Name">Verb and noun.</param>
/// <param name="Synopsis">One sentence.</param>
/// <param name="Description">Paragraphs.</param>
/// <param name="Parameters">Its own parameters, by position and then by name.</param>
/// <param name="Sets">The ways to call it.</param>
/// <param name="Inputs">What it takes from the pipeline.</param>
/// <param name="Outputs">The types of what it gives.</param>
/// <param name="Examples">Its examples.</param>
/// <param name="Related">Names of related commands.</param>
internal sealed record CommandHelp(
    string Name,
    string Synopsis,
    IReadOnlyList<string> Description,
    IReadOnlyList<ParameterHelp> Parameters,
    IReadOnlyList<ParameterSetHelp> Sets,
    IReadOnlyList<TypeHelp> Inputs,
    IReadOnlyList<TypeHelp> Outputs,
    IReadOnlyList<ExampleHelp> Examples,
    IReadOnlyList<string> Related)
{
    /// <summary>The part before the hyphen.</summary>
    public string Verb => Name[..Name.IndexOf('-')];

    /// <summary>The part after the hyphen.</summary>
    public string Noun => Name[(Name.IndexOf('-') + 1)..];
}
