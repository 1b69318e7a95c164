namespace RunAi.Emulator.Execution.Images;

/// <summary>Where the parts of an image are read. What it gives is not checked against digests yet.</summary>
internal interface IImageSource
{
    /// <summary>A manifest or index by digest or tag; null asks for the only one there.</summary>
    /// <exception cref="ImageException">It is not there or may not be read.</exception>
    Task<byte[]> ManifestAsync(string? reference, CancellationToken cancellation);

    /// <exception cref="ImageException">It is not there or may not be read.</exception>
    Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellation);
}
