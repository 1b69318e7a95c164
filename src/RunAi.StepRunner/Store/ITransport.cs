namespace RunAi.StepRunner.Store;

/// <summary>One attempt to read or write one object.</summary>
/// <exception cref="StoreException">From both: it did not work.</exception>
internal interface ITransport
{
    /// <summary>
    /// Reads from an offset on into a buffer until that is full or the object ends.
    /// </summary>
    /// <param name="address">Where the object is.</param>
    /// <param name="offset">The first byte.</param>
    /// <param name="buffer">Where its bytes go.</param>
    /// <param name="progress">Told of each piece that has come, also when the rest fails.</param>
    /// <param name="ct">Ends it.</param>
    Task ReadAsync(string address, long offset, Memory<byte> buffer, Action<int> progress, CancellationToken ct);

    /// <summary>Writes an object whole: readers see the old one or the new one.</summary>
    Task WriteAsync(string address, long length, Func<Stream, CancellationToken, Task> content, CancellationToken ct);
}
