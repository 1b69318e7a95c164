namespace RunAi.Artifacts;

/// <summary>One object that is being stored. Its members fail with <see cref="ArtifactException"/> after tries of their own.</summary>
internal interface IUploadTarget
{
    /// <summary>Stores all of it at once.</summary>
    Task PutWholeAsync(byte[] bytes, int count, CancellationToken ct);

    /// <summary>Prepares for parts, and finds those that an earlier try has left.</summary>
    Task BeginAsync(CancellationToken ct);

    /// <summary>Stores one part, unless the same one is there. Called for several parts at once.</summary>
    Task PutPartAsync(int index, byte[] bytes, int count, CancellationToken ct);

    /// <summary>Makes the object of its parts.</summary>
    Task CompleteAsync(int parts, CancellationToken ct);
}
