namespace RunAi.StepRunner.Outputs;

/// <summary>Bytes to be stored, of known number, that can be read from any place and more than once.</summary>
internal interface IContent
{
    long Length { get; }

    /// <summary>Writes a range of it.</summary>
    /// <exception cref="Store.ContentException">It can no longer be read, or has changed its size.</exception>
    Task CopyToAsync(Stream destination, long offset, long count, CancellationToken ct);
}
