using RunAi.Secrets;

namespace RunAi.Tests.Secrets;

/// <summary>A vault of strings; the secrets it was asked for are in <see cref="Asked"/>.</summary>
internal sealed class KeyedVault : ISecretVault
{
    public Dictionary<string, string> Kept { get; } = [];

    public List<string> Asked { get; } = [];

    public Task<object?> GetSecretAsync(string? vault, string name, CancellationToken ct)
    {
        Asked.Add(name);
        return Task.FromResult<object?>(Kept.GetValueOrDefault(name));
    }

    public Task SetSecretAsync(string? vault, string name, object value, CancellationToken ct) => throw new NotSupportedException();

    public Task<object?> GetAutomationAssetAsync(string name, CancellationToken ct) => GetSecretAsync("automation", name, ct);

    public Task<object?> EvaluateAsync(object script, CancellationToken ct) => Task.FromResult<object?>(null);
}
