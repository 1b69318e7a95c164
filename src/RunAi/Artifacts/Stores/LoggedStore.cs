using System.Diagnostics;
using System.Globalization;

namespace RunAi.Artifacts;

/// <summary>Tells each use of a store: what was done with which object, how it went and how long it took.</summary>
internal sealed class LoggedStore : IArtifactStore
{
    private readonly IArtifactStore _inner;
    private readonly IActivityLog _log;
    private readonly TimeProvider _time;

    public LoggedStore(IArtifactStore inner, IActivityLog log, TimeProvider time)
    {
        _time = time;
        _inner = inner;
        _log = log;
    }

    public string Uri => _inner.Uri;

    public Task<StoredObject?> FindAsync(string key, CancellationToken ct) =>
        LogAsync("FIND", key, () => _inner.FindAsync(key, ct), found => found is null ? "absent" : Bytes(found.Size));

    public Task<IReadOnlyList<StoredObject>> ListAsync(string prefix, CancellationToken ct) =>
        LogAsync("LIST", prefix + "*", () => _inner.ListAsync(prefix, ct), found => found.Count.ToString(CultureInfo.InvariantCulture)
            + " objects");

    public Task<bool> TryCreateAsync(string key, byte[] content, CancellationToken ct) =>
        LogAsync("CREATE", key, () => _inner.TryCreateAsync(key, content, ct), won => won ? Bytes(content.Length) : "is there already");

    public Task WriteAsync(string key, byte[] content, CancellationToken ct) =>
        LogAsync("WRITE", key, () => DoneAsync(_inner.WriteAsync(key, content, ct)), _ => Bytes(content.Length));

    public Task<byte[]?> ReadAsync(string key, long offset, int most, CancellationToken ct) =>
        LogAsync("READ", key, () => _inner.ReadAsync(key, offset, most, ct), read => read is null ? "absent" : Bytes(read.Length));

    public Task UploadAsync(string key, Stream content, Action<long> progress, CancellationToken ct)
    {
        var count = new ByteCount(progress);
        return LogAsync("UPLOAD", key, () => DoneAsync(_inner.UploadAsync(key, content, count.Add, ct)), _ => Bytes(count.Total));
    }

    public Task DownloadAsync(string key, Stream destination, Action<long> progress, CancellationToken ct)
    {
        var count = new ByteCount(progress);
        return LogAsync("DOWNLOAD", key, () => DoneAsync(_inner.DownloadAsync(key, destination, count.Add, ct)), _ => Bytes(count.Total));
    }

    public Task DeleteAsync(IReadOnlyCollection<string> keys, CancellationToken ct) => LogAsync(
        "DELETE", string.Join(", ", keys.Take(3)) + (keys.Count > 3 ? ", ..." : ""), () => DoneAsync(_inner.DeleteAsync(keys, ct)),
        _ => $"{keys.Count} objects");

    public async Task<IAddressSigner> SignerAsync(TimeSpan validity, CancellationToken ct)
    {
        var signer = await LogAsync(
            "SIGN", "addresses", () => _inner.SignerAsync(validity, ct),
            made => made.ExpiresAt is { } at ? $"good until {at:u}" : "good for ever").ConfigureAwait(false);
        if (AddressLife.Shortfall(signer, validity, _time.GetUtcNow()) is { } risk)
        {
            _log.Warning($"{Uri}: {risk}");
        }

        return signer;
    }

    private async Task<T> LogAsync<T>(string verb, string what, Func<Task<T>> work, Func<T, string> outcome)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            var result = await work().ConfigureAwait(false);
            _log.Verbose($"{verb} {Uri}/{what}: {outcome(result)}, {watch.ElapsedMilliseconds} ms");
            return result;
        }
        catch (ArtifactException failed)
        {
            _log.Verbose($"{verb} {Uri}/{what}: {failed.ErrorId}, {watch.ElapsedMilliseconds} ms");
            throw;
        }
    }

    private static async Task<bool> DoneAsync(Task work)
    {
        await work.ConfigureAwait(false);
        return true;
    }

    private static string Bytes(long count) => $"{count.ToString(CultureInfo.InvariantCulture)} bytes";
}
