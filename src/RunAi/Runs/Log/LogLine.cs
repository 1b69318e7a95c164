namespace RunAi;

/// <summary>A line of a step's log.</summary>
public sealed class LogLine
{
    /// <summary>
    /// When the command wrote it, by the container's clock; null when the log does not tell, as one that comes through the cluster.
    /// </summary>
    public DateTimeOffset? Time { get; internal set; }

    /// <summary><see cref="Time"/> on the clock of this machine.</summary>
    public DateTime? LocalTime => Time?.LocalDateTime;

    /// <summary>
    /// <c>stdout</c> or <c>stderr</c>; <c>runner</c> for what the step runner says itself; empty in a log that comes through the cluster,
    /// which does not tell them apart.
    /// </summary>
    public string Stream { get; internal set; } = "";

    /// <summary>The replica of a distributed step that wrote it, such as <c>worker-1</c>; null for any other step.</summary>
    public string? Replica { get; internal set; }

    /// <summary>The workload of the run it is from, from 1.</summary>
    public int Attempt { get; internal set; }

    /// <summary>The start within the attempt, from 1: a preempted step starts again.</summary>
    public int Start { get; internal set; }

    /// <summary>The text without its line end. Control sequences are taken out unless the raw text was asked for.</summary>
    public string Text { get; internal set; } = "";

    /// <summary>The text, after the name of its replica if there are several.</summary>
    public string Line => Replica is null ? Text : $"[{Replica}] {Text}";

    /// <summary>
    /// Where the log goes on after this line, for <c>Receive-RunAiStepLog -After</c>; empty in a log that comes through the cluster.
    /// </summary>
    public string Position { get; internal set; } = "";

    /// <summary>The line as it is shown.</summary>
    /// <returns>For example <c>[worker-1] epoch 3</c>.</returns>
    public override string ToString() => Line;
}
