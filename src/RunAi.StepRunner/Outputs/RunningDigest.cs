using System.Security.Cryptography;

namespace RunAi.StepRunner.Outputs;

/// <summary>The digest of a content that is sent in order, of which a piece may be sent again: only what is new counts.</summary>
internal sealed class RunningDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _position;

    /// <summary>Bytes of the content, and where they begin in it.</summary>
    public void Add(long offset, ReadOnlySpan<byte> bytes)
    {
        if (offset + bytes.Length > _position)
        {
            _hash.AppendData(bytes[(int)(_position - offset)..]);
            _position = offset + bytes.Length;
        }
    }

    public string Take() => Digest.Of(_hash);

    public void Dispose() => _hash.Dispose();
}
