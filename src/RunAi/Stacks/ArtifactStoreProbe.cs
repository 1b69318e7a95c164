using System.Text;
using RunAi.Artifacts;

namespace RunAi.Stacks;

/// <summary>
/// Tries an artifact store with one small object, which is deleted again: what runs rely on, and what is at risk where it does not hold.
/// What lies behind writing or reading that failed is not tried.
/// </summary>
internal sealed class ArtifactStoreProbe
{
    private static readonly string[] OnAnObject = ["Read", "List", "Condition", "Address"];
    private const string Unchecked = "not checked";
    private static readonly TimeSpan ShortLife = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(20);

    private readonly Func<Uri, CancellationToken, Task<byte[]?>> _fetch;
    private readonly Action<string, bool, string> _tell;
    private readonly TimeProvider _time;

    /// <param name="fetch">Gets what is at an address, as anybody; null when that is refused.</param>
    /// <param name="tell">Told of each check: its name, whether it passed, and what was found.</param>
    /// <param name="time">The clock.</param>
    public ArtifactStoreProbe(Func<Uri, CancellationToken, Task<byte[]?>> fetch, Action<string, bool, string> tell, TimeProvider time)
    {
        _fetch = fetch;
        _tell = tell;
        _time = time;
    }

    /// <summary>The checks Write, Read, List, Condition, Address and Delete.</summary>
    /// <param name="open">Opens the store.</param>
    /// <param name="ct">Ends the checks.</param>
    public async Task CheckAsync(Func<CancellationToken, Task<IArtifactStore>> open, CancellationToken ct)
    {
        var key = $"probes/{Guid.NewGuid():N}";
        var content = Encoding.ASCII.GetBytes(key);
        IArtifactStore? store = null;
        var isWritten = await TryAsync("Write", async () =>
        {
            store = await open(ct).ConfigureAwait(false);
            await store.WriteAsync(key, content, ct).ConfigureAwait(false);
            return $"{store.Uri} takes objects";
        }).ConfigureAwait(false);
        var isSound = isWritten && await TryAsync("Read", () => ReadAsync(store!, key, content, ct)).ConfigureAwait(false);
        if (isSound)
        {
            await TryAsync("List", () => ListAsync(store!, key, ct)).ConfigureAwait(false);
            await TryAsync("Condition", () => ConditionAsync(store!, key, content, ct)).ConfigureAwait(false);
            await TryAsync("Address", () => AddressAsync(store!, key, content, ct)).ConfigureAwait(false);
        }
        else
        {
            foreach (var check in OnAnObject.Skip(isWritten ? 1 : 0))
            {
                _tell(check, false, Unchecked);
            }
        }

        if (!isWritten)
        {
            _tell("Delete", false, Unchecked);
            return;
        }

        await TryAsync("Delete", async () =>
        {
            await store!.DeleteAsync([key], ct).ConfigureAwait(false);
            return "the object is deleted";
        }).ConfigureAwait(false);
    }

    private static async Task<string> ReadAsync(IArtifactStore store, string key, byte[] content, CancellationToken ct)
    {
        var read = await store.ReadAsync(key, 0, content.Length + 1, ct).ConfigureAwait(false);
        return read is not null && read.SequenceEqual(content) ? "the object came back as it was" : throw Broken(
            $"{store.Uri} gave back {(read is null ? "nothing" : "other bytes")} for an object that was just written. Ask its "
            + "administrator.");
    }

    private static async Task<string> ListAsync(IArtifactStore store, string key, CancellationToken ct)
    {
        var listed = await store.ListAsync(key, ct).ConfigureAwait(false);
        return listed.Count == 1 && listed[0].Key == key ? "a listing shows what was just written" : throw Broken(
            $"A listing of {store.Uri} shows {listed.Count} objects where one was just written. The record of a run is found by a listing: "
            + "runs may be missed, and a run key may start a second workload. Use a store whose listings are complete at once.");
    }

    private static async Task<string> ConditionAsync(IArtifactStore store, string key, byte[] content, CancellationToken ct)
    {
        var isCreated = await store.TryCreateAsync(key, [], ct).ConfigureAwait(false);
        var read = await store.ReadAsync(key, 0, content.Length + 1, ct).ConfigureAwait(false);
        return !isCreated && read is not null && read.SequenceEqual(content)
            ? "of two who create one object the second is refused"
            : throw Broken(
                $"{store.Uri} ignores conditions (If-None-Match): of two who create one object both succeed. Two machines that submit one "
                + "run key at once may both start a workload. Use a store or a version of its server that knows conditional writes, or "
                + "submit each run key from one machine alone.");
    }

    private async Task<string> AddressAsync(IArtifactStore store, string key, byte[] content, CancellationToken ct)
    {
        var address = (await store.SignerAsync(TimeSpan.FromMinutes(10), ct).ConfigureAwait(false)).Get(key);
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
        {
            return "a folder has no addresses to sign; who may use it is the file system's affair";
        }

        if (await _fetch(url, ct).ConfigureAwait(false) is not { } got || !got.SequenceEqual(content))
        {
            throw Broken($"A signed address of {store.Uri} does not lead to its object from this machine. A step reaches inputs, outputs "
                + "and log by such addresses alone: check that nothing between here and the store changes requests, that the clocks are "
                + "right, and that the credential may sign.");
        }

        return await EndsAsync(new Uri((await store.SignerAsync(ShortLife, ct).ConfigureAwait(false)).Get(key)), ct).ConfigureAwait(false)
            ? "a signed address works, and ends"
            : throw Broken(
                $"A signed address of {store.Uri} that was to end after {ShortLife.TotalSeconds:0} s still works after "
                + $"{LongestLife.TotalSeconds:0} s: whoever sees it may use it for longer than it is meant to. The store's clock may be "
                + "behind; otherwise ask its administrator.");
    }

    private async Task<bool> EndsAsync(Uri address, CancellationToken ct)
    {
        var begun = _time.GetTimestamp();
        while (_time.GetElapsedTime(begun) < LongestLife)
        {
            await _time.DelayAsync(ShortLife + ShortLife, ct).ConfigureAwait(false);
            if (await _fetch(address, ct).ConfigureAwait(false) is null)
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> TryAsync(string check, Func<Task<string>> work)
    {
        try
        {
            _tell(check, true, await work().ConfigureAwait(false));
            return true;
        }
        catch (RunAiException e)
        {
            _tell(check, false, e.Message);
            return false;
        }
    }

    private static ArtifactException Broken(string message) => new(ErrorIds.ArtifactDamaged, message);
}
