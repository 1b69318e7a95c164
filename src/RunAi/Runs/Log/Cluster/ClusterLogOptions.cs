namespace RunAi.Runs.Log;

/// <summary>The patience with a cluster's log.</summary>
internal sealed record ClusterLogOptions
{
    /// <summary>The shortest pause between two connections.</summary>
    public TimeSpan ShortestPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause while the log is awaited or quiet.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest pause while the cluster is not reached.</summary>
    public TimeSpan LongestTroublePause { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a connection may take to come about.</summary>
    public TimeSpan OpenPatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long nothing must come before what there was is taken for all there is.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the first byte is waited for where the log is only read to its end.</summary>
    public TimeSpan FirstBytePatience { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>After so long without a byte the connection may be dead without anyone having said so: another is made.</summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many failures in a row are told of.</summary>
    public int FailuresToTell { get; init; } = 3;

    /// <summary>How often the log is asked for once the workload has ended, until it is there.</summary>
    public int LastTries { get; init; } = 3;
}
