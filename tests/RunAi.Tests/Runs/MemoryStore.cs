using System.Collections.Concurrent;
using System.Globalization;
using RunAi.Artifacts;

namespace RunAi.Tests.Runs;

/// <summary>An artifact store in memory, which records what is done and fails when a test wants it.</summary>
internal sealed class MemoryStore : IArtifactStore
{
    public const string Signature = "sig=canary-signature-5d1e";

    public string Uri { get; init; } = "az://account/container/steps";

    public ConcurrentDictionary<string, byte[]> Objects { get; init; } = new();

    /// <summary>What was asked for, such as <c>write runs/...</c>, in order.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Called before each use with its words; throws what the store should fail with.</summary>
    public Action<string>? Before { get; set; }

    /// <summary>Called after each use took effect.</summary>
    public Action<string>? After { get; set; }

    /// <summary>How many objects all listings gave.</summary>
    public int Listed { get; private set; }

    public TimeSpan? SignedFor { get; private set; }

    public Task<StoredObject?> FindAsync(string key, CancellationToken ct) =>
        Do("find", key, () => Objects.TryGetValue(key, out var found) ? new StoredObject(key, found.Length, default) : null);

    public Task<IReadOnlyList<StoredObject>> ListAsync(
        string prefix, CancellationToken ct) => Do<IReadOnlyList<StoredObject>>("list", prefix, () =>
    {
        StoredObject[] found =
        [
            .. Objects.Where(stored => stored.Key.StartsWith(prefix, StringComparison.Ordinal))
                .OrderBy(stored => stored.Key, StringComparer.Ordinal)
                .Select(stored => new StoredObject(stored.Key, stored.Value.Length, default)),
        ];
        Listed += found.Length;
        return found;
    });

    public Task<bool> TryCreateAsync(string key, byte[] content, CancellationToken ct) =>
        Do("create", key, () => Objects.TryAdd(key, content));

    public Task WriteAsync(string key, byte[] content, CancellationToken ct) => Do("write", key, () => Objects[key] = content);

    public Task<byte[]?> ReadAsync(string key, long offset, int most, CancellationToken ct) => Do("read", key, () =>
        Objects.TryGetValue(key, out var found) ? found.Skip((int)offset).Take(most).ToArray() : null);

    public Task UploadAsync(string key, Stream content, Action<long> progress, CancellationToken ct) => Do("upload", key, () =>
    {
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        return Objects[key] = copy.ToArray();
    });

    public Task DownloadAsync(string key, Stream destination, Action<long> progress, CancellationToken ct) => Do("download", key, () =>
    {
        destination.Write(Objects[key]);
        return true;
    });

    public Task DeleteAsync(IReadOnlyCollection<string> keys, CancellationToken ct) => Do("delete", string.Join(" ", keys), () =>
        keys.All(key => Objects.TryRemove(key, out _)));

    public Task<IAddressSigner> SignerAsync(TimeSpan validity, CancellationToken ct)
    {
        SignedFor = validity;
        return Do<IAddressSigner>("sign", validity.ToString("c", CultureInfo.InvariantCulture), () => new Signer());
    }

    private Task<T> Do<T>(string verb, string what, Func<T> effect)
    {
        var call = $"{verb} {what}";
        Before?.Invoke(call);
        Calls.Enqueue(call);
        var result = effect();
        After?.Invoke(call);
        return Task.FromResult(result);
    }

    private sealed class Signer : IAddressSigner
    {
        public DateTimeOffset? ExpiresAt => DateTimeOffset.UnixEpoch;

        public bool EndsWithSession => false;

        public IReadOnlyDictionary<string, string> PutHeaders { get; } = new Dictionary<string, string>
        {
            ["x-ms-blob-type"] = "BlockBlob",
        };

        public string Get(string key) => $"https://store.example/{key}?get&{Signature}";

        public string Put(string key) => $"https://store.example/{key}?put&{Signature}";
    }
}
