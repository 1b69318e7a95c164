namespace RunAi.Runs;

/// <summary>What is known of the process that claimed a submission.</summary>
internal enum OwnerState
{
    /// <summary>It is on another machine, and nothing tells of it.</summary>
    Unknown,

    /// <summary>It is at work.</summary>
    Alive,

    /// <summary>It has ended, or has given this submission up.</summary>
    Gone,
}
