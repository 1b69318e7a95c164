namespace RunAi.Images;

/// <summary>A block of a layer in its compressed file.</summary>
/// <param name="Key">What it holds.</param>
/// <param name="Offset">Where it begins in the compressed file, in bytes.</param>
/// <param name="Length">Its compressed length, in bytes.</param>
internal readonly record struct PackedBlock(BlockKey Key, long Offset, int Length);
