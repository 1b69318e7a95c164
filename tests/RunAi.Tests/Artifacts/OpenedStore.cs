using RunAi.Artifacts;
using RunAi.Secrets;

namespace RunAi.Tests.Artifacts;

/// <summary>Opens stores as the commands do, with secrets in variables of the test's own.</summary>
internal static class OpenedStore
{
    public static Task<IArtifactStore> OpenAsync(
        ArtifactStore store, Dictionary<string, string>? variables = null, StoreOptions? options = null, IActivityLog? log = null,
        TimeProvider? time = null) =>
        ConfiguredArtifactStores.OpenAsync(
            store, new SecretResolver(new NoVault(), name => variables?.GetValueOrDefault(name)), log ?? new NoLog(),
            CancellationToken.None, options, time);

    private sealed class NoVault : ISecretVault
    {
        public Task<object?> GetSecretAsync(string? vault, string name, CancellationToken ct) => Task.FromResult<object?>(null);

        public Task SetSecretAsync(string? vault, string name, object value, CancellationToken ct) => throw new NotSupportedException();

        public Task<object?> GetAutomationAssetAsync(string name, CancellationToken ct) => Task.FromResult<object?>(null);

        public Task<object?> EvaluateAsync(object script, CancellationToken ct) => Task.FromResult<object?>(null);
    }

    private sealed class NoLog : IActivityLog
    {
        public void Verbose(string message)
        {
        }

        public void Debug(string message)
        {
        }

        public void Warning(string message)
        {
        }
    }
}
