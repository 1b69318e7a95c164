namespace RunAi.ControlPlane;

/// <summary>A stream of a cluster's API. A chunk is neither a line nor a whole number of characters.</summary>
internal interface IClusterStream : IDisposable
{
    /// <summary>How the stream ended, in words; empty while it goes on.</summary>
    string End { get; }

    /// <summary>The next bytes; null when the stream has ended, in whichever way. The bytes are good until the next call.</summary>
    Task<ArraySegment<byte>?> ReadAsync(CancellationToken ct);
}
