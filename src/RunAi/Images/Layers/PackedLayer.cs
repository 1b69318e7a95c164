namespace RunAi.Images;

/// <summary>A layer that was compressed into a file.</summary>
/// <param name="Descriptor">The compressed file's digest and length.</param>
/// <param name="DiffId">The digest of the archive itself (OCI image configuration, diff ids).</param>
/// <param name="Blocks">The blocks of the compressed file, in order.</param>
internal sealed record PackedLayer(BlobDescriptor Descriptor, string DiffId, IReadOnlyList<PackedBlock> Blocks);
