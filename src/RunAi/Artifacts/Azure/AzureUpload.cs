using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace RunAi.Artifacts;

/// <summary>
/// A blob that is being stored in blocks. A block's id tells its place and its content, so that a second try knows what is there.
/// </summary>
internal sealed class AzureUpload : IUploadTarget
{
    private const int HashBytes = 16;

    private readonly AzureStore _store;
    private readonly string _key;
    private readonly BlockBlobClient _blob;
    private readonly HashSet<string> _staged = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, string> _blocks = [];

    public AzureUpload(AzureStore store, string key, BlockBlobClient blob)
    {
        _store = store;
        _key = key;
        _blob = blob;
    }

    private string Doing => $"Storing '{_key}'";

    public Task PutWholeAsync(byte[] bytes, int count, CancellationToken ct) => _store.CallAsync(
        Doing,
        async () =>
        {
            using var content = new MemoryStream(bytes, 0, count, writable: false);
            return await _blob.UploadAsync(content, new BlobUploadOptions(), ct).ConfigureAwait(false);
        },
        ct);

    public Task BeginAsync(CancellationToken ct) => _store.CallAsync(
        Doing,
        async () =>
        {
            try
            {
                BlockList left = await _blob.GetBlockListAsync(BlockListTypes.Uncommitted, cancellationToken: ct).ConfigureAwait(false);
                _staged.UnionWith(left.UncommittedBlocks.Select(block => block.Name));
            }
            catch (RequestFailedException none) when (AzureErrors.IsNoBlob(none))
            {
                _staged.Clear();
            }

            return true;
        },
        ct);

    public async Task PutPartAsync(int index, byte[] bytes, int count, CancellationToken ct)
    {
        var id = Id(index, bytes, count);
        if (!_staged.Contains(id))
        {
            await _store.CallAsync(
                Doing,
                async () =>
                {
                    using var content = new MemoryStream(bytes, 0, count, writable: false);
                    return await _blob.StageBlockAsync(id, content, cancellationToken: ct).ConfigureAwait(false);
                },
                ct).ConfigureAwait(false);
        }

        lock (_blocks)
        {
            _blocks[index] = id;
        }
    }

    public Task CompleteAsync(int parts, CancellationToken ct) =>
        _store.CallAsync(Doing, () => _blob.CommitBlockListAsync(_blocks.Values, new CommitBlockListOptions(), ct), ct);

    /// <summary>The ids of one blob have one length.</summary>
    private static string Id(int index, byte[] bytes, int count)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(bytes, 0, count);
        var id = new byte[4 + HashBytes];
        BitConverter.GetBytes(index).CopyTo(id, 0);
        Array.Copy(sha.GetHashAndReset(), 0, id, 4, HashBytes);
        return Convert.ToBase64String(id);
    }
}
