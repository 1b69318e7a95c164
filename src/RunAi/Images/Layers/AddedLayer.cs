namespace RunAi.Images;

/// <summary>
/// A layer to put on top of a base image: its compressed blob, and the digest of what is in it (OCI image configuration, diff ids).
/// </summary>
internal sealed class AddedLayer : IDisposable
{
    /// <summary>
    /// What <c>created_by</c> in the history of an image begins with for the layers that RunAi added. Emulators find them by it.
    /// </summary>
    public const string Mark = "RunAi:";

    public AddedLayer(string origin, BlobFile blob, string diffId, string comment)
    {
        Origin = origin;
        Blob = blob;
        DiffId = diffId;
        Comment = comment;
    }

    /// <summary>What the layer is, as <see cref="ImageLayer.Origin"/> shows it.</summary>
    public string Origin { get; }

    public BlobFile Blob { get; }

    public string DiffId { get; }

    /// <summary>What the image's history says of it.</summary>
    public string Comment { get; }

    public void Dispose() => Blob.Dispose();
}
