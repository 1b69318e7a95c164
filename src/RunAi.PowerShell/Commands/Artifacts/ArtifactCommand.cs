using System.Management.Automation;
using RunAi.Artifacts;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;

namespace RunAi.PowerShell.Commands;

/// <summary>What the commands on artifacts share: the store they work in.</summary>
public abstract class ArtifactCommand : RunAiCommand
{
    /// <summary><para type="description">The registered artifact store; the active stack's by default, else the only one registered.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(ArtifactStoreNameCompleter))]
    public string? ArtifactStore { get; set; }

    /// <summary>Works on the library of a store, and shows how far it comes.</summary>
    private protected T InLibrary<T>(ArtifactStore store, Func<ArtifactLibrary, Action<ArtifactProgress>, CancellationToken, Task<T>> work) =>
        Await(async (context, token) =>
        {
            var opened = await context.OpenAsync(store, token).ConfigureAwait(false);
            var view = new ArtifactProgressView(context.Progress);
            try
            {
                return await work(new ArtifactLibrary(opened), view.Show, token).ConfigureAwait(false);
            }
            finally
            {
                view.End();
            }
        });

    /// <summary>The store that was named, or the one to use when none was.</summary>
    private protected ArtifactStore Store() => string.IsNullOrEmpty(ArtifactStore)
        ? Configuration.DefaultArtifactStore()
        : Configuration.ArtifactStores.Resolve(ArtifactStore!);

    /// <summary>The store that was named, or the registered one that an artifact's address lies in.</summary>
    private protected ArtifactStore StoreOf(string uri) => string.IsNullOrEmpty(ArtifactStore)
        ? Configuration.ArtifactStores.Get()
            .Where(store => StoreAddress.Read(store.Uri, store.Endpoint, out _) is { } place && uri.StartsWith(place.Uri + "/", StringComparison.Ordinal))
            .OrderByDescending(store => store.Uri.Length)
            .FirstOrDefault()
            ?? throw new ArtifactException(
                ErrorIds.ArtifactStoreNotFound, $"No registered artifact store holds '{uri}'. Register the store that it is in with Register-RunAiArtifactStore.")
            {
                Target = uri,
            }
        : Configuration.ArtifactStores.Resolve(ArtifactStore!);
}
