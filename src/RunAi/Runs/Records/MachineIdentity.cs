using System.Collections.Concurrent;
using System.Text;
using RunAi.Artifacts;

namespace RunAi.Runs;

/// <summary>
/// What tells this machine apart from all others: its name, and a random text in its state folder, since containers share names and homes
/// are shared by machines.
/// </summary>
internal static class MachineIdentity
{
    private const string Key = "machine";
    private const string Probe = "writable";
    private const int Most = 100;

    /// <summary>What the folders' files held, by the folders' addresses and the times of the files.</summary>
    private static readonly ConcurrentDictionary<Version, string> Known = new();
    private static readonly ConcurrentDictionary<string, bool> Writable = new(StringComparer.Ordinal);

    /// <param name="local">The state folder.</param>
    /// <param name="ct">Ends the work.</param>
    /// <returns>The identity; empty when the folder cannot be used, so that no process of this machine is mistaken for another.</returns>
    public static async Task<string> OfAsync(IArtifactStore local, CancellationToken ct)
    {
        try
        {
            var found = await local.FindAsync(Key, ct).ConfigureAwait(false);
            if (found is not null && Known.TryGetValue(new Version(local.Uri, found.ModifiedAt), out var known))
            {
                return known;
            }

            if (await local.ReadAsync(Key, 0, Most, ct).ConfigureAwait(false) is not { Length: > 0 } text)
            {
                await local.TryCreateAsync(Key, Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("N")), ct).ConfigureAwait(false);
                text = await local.ReadAsync(Key, 0, Most, ct).ConfigureAwait(false) ?? [];
            }

            var identity = text.Length == 0 ? "" : $"{Environment.MachineName}/{Encoding.ASCII.GetString(text)}";
            if (found is not null && text.Length > 0)
            {
                Known.TryAdd(new Version(local.Uri, found.ModifiedAt), identity);
            }

            return identity;
        }
        catch (ArtifactException)
        {
            // A home that cannot be written to: other submissions are waited for instead.
            return "";
        }
    }

    /// <summary>Whether the folder can be written to; tried until it can, once.</summary>
    /// <param name="local">The state folder.</param>
    /// <param name="ct">Ends the work.</param>
    public static async Task<bool> IsWritableAsync(IArtifactStore local, CancellationToken ct)
    {
        if (Writable.ContainsKey(local.Uri))
        {
            return true;
        }

        try
        {
            await local.WriteAsync(Probe, [], ct).ConfigureAwait(false);
            Writable.TryAdd(local.Uri, true);
            return true;
        }
        catch (ArtifactException)
        {
            return false;
        }
    }

    private sealed record Version(string Uri, DateTimeOffset ModifiedAt);
}
