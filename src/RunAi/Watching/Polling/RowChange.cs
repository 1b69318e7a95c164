namespace RunAi.Watching;

/// <summary>What a row of an answer was to those who wait.</summary>
internal enum RowChange
{
    /// <summary>Nobody follows the workload.</summary>
    NotTracked,

    /// <summary>As it was, or seen for the first time.</summary>
    Unchanged,

    /// <summary>Its phase changed since it was last seen.</summary>
    Changed,

    /// <summary>Older than what is known, and not believed yet.</summary>
    Unconfirmed,
}
