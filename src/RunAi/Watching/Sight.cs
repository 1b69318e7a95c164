namespace RunAi.Watching;

/// <summary>What a row of an answer was to those who wait.</summary>
internal enum Sight
{
    /// <summary>Nobody follows the workload.</summary>
    Nobodys,

    /// <summary>As it was, or seen for the first time.</summary>
    Known,

    /// <summary>Its phase changed since it was last seen.</summary>
    Changed,

    /// <summary>Older than what is known, and not believed yet.</summary>
    Doubted,
}
