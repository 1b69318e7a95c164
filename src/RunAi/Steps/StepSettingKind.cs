namespace RunAi.Steps;

/// <summary>What kind of value a step setting holds, and so how it is read, stored and sent.</summary>
internal enum StepSettingKind
{
    /// <summary>A whole number (<see cref="int"/>).</summary>
    WholeNumber,

    /// <summary>A number (<see cref="double"/>).</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>Text, kept as it is.</summary>
    Text,

    /// <summary>One of a few words, written in any case and sent in the API's.</summary>
    Choice,

    /// <summary>A Kubernetes quantity, kept as text in the user's spelling.</summary>
    Quantity,

    /// <summary>Several texts in order; one text alone is a list of one.</summary>
    TextList,

    /// <summary>Several of a few words, written in any case and sent in the API's.</summary>
    ChoiceList,

    /// <summary>Texts by name.</summary>
    TextMap,

    /// <summary>A group of settings (<see cref="SettingGroup"/>); a dictionary is taken too.</summary>
    Group,

    /// <summary>Several groups of settings in order; one alone is a list of one.</summary>
    GroupList,

    /// <summary>A whole number of seconds (<see cref="long"/>); a <see cref="TimeSpan"/> is taken too.</summary>
    Seconds,

    /// <summary>A <see cref="TimeSpan"/>; a number of seconds is taken too. Never sent: the client keeps these clocks.</summary>
    Time,
}
