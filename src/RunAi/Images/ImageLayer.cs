namespace RunAi;

/// <summary>One layer of an image.</summary>
public sealed class ImageLayer
{
    internal ImageLayer(string origin, string digest, long size)
    {
        Origin = origin;
        Digest = digest;
        Size = size;
    }

    /// <summary>Where it comes from: <c>Base</c>, <c>Runner</c> or <c>Code</c>.</summary>
    public string Origin { get; }

    /// <summary>The digest of its compressed bytes.</summary>
    public string Digest { get; }

    /// <summary>Its compressed size in bytes.</summary>
    public long Size { get; }

    /// <summary>The layer on one line.</summary>
    /// <returns>For example <c>Code sha256:... (1234 bytes)</c>.</returns>
    public override string ToString() => $"{Origin} {Digest} ({Size} bytes)";
}
