namespace RunAi.Steps;

/// <summary>How the API writes a setting's list or table.</summary>
internal enum WireForm
{
    /// <summary>A list as an array, a table as an array of <c>name</c> and <c>value</c>, a group as an object.</summary>
    Plain,

    /// <summary>A table as an array of <c>key</c> and <c>value</c>.</summary>
    KeysAndValues,

    /// <summary>A table as an array of <c>resource</c> and <c>quantity</c>.</summary>
    ResourcesAndQuantities,

    /// <summary>A list as one text with commas.</summary>
    CommaJoined,

    /// <summary>
    /// A choice of several words as an object with a flag for each word there is, so that no default of the API joins them.
    /// </summary>
    Flags,

    /// <summary>Requirements as terms of which one is to hold, each with expressions that all are to hold.</summary>
    SelectorTerms,
}
