using RunAi.Secrets;

namespace RunAi.Tests.Runs.Attending;

/// <summary>A session without a vault.</summary>
internal sealed class NoVault : ISecretVault
{
    public Task<object?> GetSecretAsync(string? vault, string name, CancellationToken ct) => Task.FromResult<object?>(null);

    public Task SetSecretAsync(string? vault, string name, object value, CancellationToken ct) =>
        throw new NotSupportedException("There is no vault.");

    public Task<object?> GetAutomationAssetAsync(string name, CancellationToken ct) => GetSecretAsync("automation", name, ct);

    public Task<object?> EvaluateAsync(object script, CancellationToken ct) => Task.FromResult<object?>(null);
}
