using RunAi.StepRunner.Folders;

namespace RunAi.StepRunner.Inputs;

/// <summary>Unpacks a folder while it is fetched.</summary>
internal static class FolderStream
{
    /// <exception cref="Store.StoreException">It could not be fetched, or is not what its digest says.</exception>
    /// <exception cref="UnpackException">It holds what will not be unpacked.</exception>
    public static async Task UnpackAsync(PartsStream content, string destination, string digest, CancellationToken ct)
    {
        try
        {
            await new FolderUnpacker(destination).UnpackAsync(content, ct);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            // Damaged on its way, most likely: then the digest says so better than the tar reader.
            await content.CheckAsync(digest, ct);
            throw new UnpackException("It is no whole tar stream.");
        }

        await content.CheckAsync(digest, ct);
    }
}
