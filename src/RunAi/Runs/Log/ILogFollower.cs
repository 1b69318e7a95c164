namespace RunAi.Runs.Log;

/// <summary>Follows a log while its workload is at work.</summary>
internal interface ILogFollower
{
    /// <summary>Tells every line until the end. Trouble with what the log is read from only delays it.</summary>
    /// <param name="tell">Gets each line.</param>
    /// <param name="ended">Ends when the workload has: from then on the log grows no more than what is on its way.</param>
    /// <param name="ct">Ends the following.</param>
    Task FollowAsync(Action<LogLine> tell, Task ended, CancellationToken ct);
}
