namespace RunAi.Help;

/// <summary>The help of one parameter.</summary>
internal sealed record ParameterHelp
{
    /// <summary>Its name without the hyphen.</summary>
    public required string Name { get; init; }

    /// <summary>What it means, with unit and range.</summary>
    public required string Description { get; init; }

    /// <summary>The name of its type as PowerShell shows it.</summary>
    public required string Type { get; init; }

    /// <summary>Whether it must be given.</summary>
    public required bool IsMandatory { get; init; }

    /// <summary>The position, from 0; null for a parameter that is named.</summary>
    public required int? Position { get; init; }

    /// <summary>Whether it takes the whole object from the pipeline.</summary>
    public required bool TakesPipeline { get; init; }

    /// <summary>Whether it takes a property of its name from the pipeline.</summary>
    public required bool TakesProperty { get; init; }

    /// <summary>Whether * and ? are wildcards.</summary>
    public required bool TakesWildcards { get; init; }

    /// <summary>Its other names.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>The words it takes; empty when any will do.</summary>
    public required IReadOnlyList<string> AcceptedValues { get; init; }

    /// <summary>What it is when it is not given; null when that is nothing.</summary>
    public required string? Default { get; init; }

    /// <summary>True for a parameter without a value.</summary>
    public bool IsSwitch => Type == "SwitchParameter";

    /// <summary>True for one that takes a list.</summary>
    public bool IsList => Type.EndsWith("[]", StringComparison.Ordinal);

    /// <summary>How it takes something from the pipeline, in PowerShell's words.</summary>
    public string PipelineInput => (TakesPipeline, TakesProperty) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };
}
