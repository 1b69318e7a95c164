using System.Management.Automation;
using RunAi.Artifacts;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;

namespace RunAi.PowerShell.Commands;

/// <summary>What the commands on artifacts share: the store they work in.</summary>
public abstract class ArtifactCommand : RunAiCommand
{
    /// <summary>
    /// <para type="description">The registered artifact store; the active stack's by default, else the only one registered.</para>
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(ArtifactStoreNameCompleter))]
    public string? ArtifactStore { get; set; }

    /// <summary>
    /// <para type="description">The stack whose artifact store is used where none is named; the active one when it is left out.</para>
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(StackNameCompleter))]
    public string? Stack { get; set; }

    /// <summary>Works on the library of a store, and shows how far it comes.</summary>
    private protected T InLibrary<T>(
        ArtifactStore store, Func<ArtifactLibrary, Action<ArtifactProgress>, CancellationToken, Task<T>> work) =>
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
    private protected ArtifactStore Store() =>
        !string.IsNullOrEmpty(ArtifactStore) ? Configuration.ArtifactStores.Resolve(ArtifactStore!)
        : !string.IsNullOrEmpty(Stack) ? OfStack()
        : Configuration.DefaultArtifactStore();

    private ArtifactStore OfStack() => Configuration.StackResolver.Resolve(Stack, null).ArtifactStore ?? throw new ConfigurationException(
        ErrorIds.InvalidStack, $"The stack '{Stack}' has no artifact store. Add one with Set-RunAiStack {Stack} -ArtifactStore URI, or "
            + "name one with -ArtifactStore.")
    {
        Target = Stack,
    };

    /// <summary>The store that was named, or the registered one that an artifact's address lies in.</summary>
    private protected ArtifactStore StoreOf(string uri) => string.IsNullOrEmpty(ArtifactStore) && string.IsNullOrEmpty(Stack)
        ? Configuration.ArtifactStores.Get()
            .Where(store => StoreAddress.Read(store.Uri, store.Endpoint, out _) is { } place
                && uri.StartsWith(place.Uri + "/", StringComparison.Ordinal))
            .OrderByDescending(store => store.Uri.Length)
            .FirstOrDefault()
            ?? throw new ArtifactException(
                ErrorIds.ArtifactStoreNotFound,
                $"No registered artifact store holds '{uri}'. Register the store that it is in with Register-RunAiArtifactStore.")
            {
                Target = uri,
            }
        : Store();
}
