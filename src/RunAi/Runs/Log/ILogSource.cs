namespace RunAi.Runs.Log;

/// <summary>A log that grows.</summary>
internal interface ILogSource
{
    /// <summary>True once the read before showed that nothing follows.</summary>
    bool IsComplete { get; }

    /// <summary>
    /// Of the lines that have not ended, those that are written anew again and again by carriage returns, as far as they have come: one for
    /// each stream at the most.
    /// </summary>
    IReadOnlyList<LogLine> States { get; }

    /// <summary>Reads once and tells every line that is new.</summary>
    /// <exception cref="ArtifactException">The store cannot be read. What was told stays told; the next read goes on.</exception>
    Task ReadAsync(Action<LogLine> tell, CancellationToken ct);

    /// <summary>The last lines of what there is; reading goes on after them.</summary>
    Task<IReadOnlyList<LogLine>> TailAsync(int count, CancellationToken ct);
}
