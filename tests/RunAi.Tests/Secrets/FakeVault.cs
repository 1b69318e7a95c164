using RunAi.Secrets;

namespace RunAi.Tests.Secrets;

/// <summary>A vault with one secret, which keeps how it was asked.</summary>
internal sealed class FakeVault(object? kept) : ISecretVault
{
    public List<(string? Vault, string Name)> Asked { get; } = [];

    public Task<object?> GetSecretAsync(string? vault, string name, CancellationToken ct)
    {
        Asked.Add((vault, name));
        return kept is Exception failure ? Task.FromException<object?>(failure) : Task.FromResult(kept);
    }

    public Task SetSecretAsync(string? vault, string name, object value, CancellationToken ct) => throw new NotSupportedException();

    public Task<object?> GetAutomationAssetAsync(string name, CancellationToken ct) => GetSecretAsync("automation", name, ct);

    public Task<object?> EvaluateAsync(object script, CancellationToken ct) => Task.FromResult<object?>(null);
}
