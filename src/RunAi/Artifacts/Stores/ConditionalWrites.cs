using System.Collections.Concurrent;

namespace RunAi.Artifacts;

/// <summary>
/// Makes sure that of two who create one object the second is refused: run keys rely on it. A store that was found to keep that is not
/// asked again in this process.
/// </summary>
internal static class ConditionalWrites
{
    private static readonly ConcurrentDictionary<string, bool> Proven = new(StringComparer.Ordinal);

    /// <exception cref="ArtifactException"><see cref="ErrorIds.ArtifactFailed"/>: the store ignores conditions.</exception>
    public static async Task RequireAsync(IArtifactStore store, CancellationToken ct)
    {
        // A folder's file system keeps it (link, or exclusive creation).
        if (Proven.ContainsKey(store.Uri) || store.Uri.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var key = $"probes/{Guid.NewGuid():N}";
        try
        {
            if (!await store.TryCreateAsync(key, [1], ct).ConfigureAwait(false)
                || await store.TryCreateAsync(key, [2], ct).ConfigureAwait(false))
            {
                throw new ArtifactException(
                    ErrorIds.ArtifactFailed, $"The artifact store '{store.Uri}' ignores conditions (If-None-Match): of two who create one "
                    + "object both succeed. Two machines that submit one run key at once could both start a workload, so run keys are not "
                    + "taken with it. Use a store that knows conditional writes, or register it with -AllowUnconditionalWrites and submit "
                    + "each run key from one machine alone.")
                {
                    Target = store.Uri,
                };
            }
        }
        finally
        {
            await store.DeleteAsync([key], ct).ConfigureAwait(false);
        }

        Proven[store.Uri] = true;
    }
}
