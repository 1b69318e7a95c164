using RunAi.Artifacts;

namespace RunAi.Chaos.Tests.Clients;

/// <summary>Tells before and after each use of a store.</summary>
internal sealed class SteppedStore(IArtifactStore store, Action<string> step) : IArtifactStore
{
    public string Uri => store.Uri;

    public Task<StoredObject?> FindAsync(string key, CancellationToken ct) => Do($"find {key}", () => store.FindAsync(key, ct));

    public Task<IReadOnlyList<StoredObject>> ListAsync(string prefix, CancellationToken ct) =>
        Do($"list {prefix}", () => store.ListAsync(prefix, ct));

    public Task<bool> TryCreateAsync(string key, byte[] content, CancellationToken ct) =>
        Do($"create {key}", () => store.TryCreateAsync(key, content, ct));

    public Task WriteAsync(string key, byte[] content, CancellationToken ct) =>
        Do($"write {key}", () => Done(store.WriteAsync(key, content, ct)));

    public Task<byte[]?> ReadAsync(string key, long offset, int most, CancellationToken ct) =>
        Do($"read {key}", () => store.ReadAsync(key, offset, most, ct));

    public Task UploadAsync(string key, Stream content, Action<long> progress, CancellationToken ct) =>
        Do($"upload {key}", () => Done(store.UploadAsync(key, content, progress, ct)));

    public Task DownloadAsync(string key, Stream destination, Action<long> progress, CancellationToken ct) =>
        Do($"download {key}", () => Done(store.DownloadAsync(key, destination, progress, ct)));

    public Task DeleteAsync(IReadOnlyCollection<string> keys, CancellationToken ct) =>
        Do("delete", () => Done(store.DeleteAsync(keys, ct)));

    public Task<IAddressSigner> SignerAsync(TimeSpan validity, CancellationToken ct) => Do("sign", () => store.SignerAsync(validity, ct));

    private static async Task<bool> Done(Task work)
    {
        await work;
        return true;
    }

    private async Task<T> Do<T>(string what, Func<Task<T>> use)
    {
        step($"before {what}");
        var result = await use();
        step($"after {what}");
        return result;
    }
}
