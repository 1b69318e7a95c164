using RunAi.Secrets;

namespace RunAi.PowerShell.Binding;

/// <summary>A vault that is not opened: its user may be asked for a password, and nobody is while typing.</summary>
internal sealed class NonInteractiveVault : ISecretVault
{
    public Task<object?> GetSecretAsync(string? vault, string name, CancellationToken ct) => Task.FromResult<object?>(null);

    public Task SetSecretAsync(string? vault, string name, object value, CancellationToken ct) =>
        throw new NotSupportedException("Nothing is stored while typing.");

    public Task<object?> GetAutomationAssetAsync(string name, CancellationToken ct) => Task.FromResult<object?>(null);

    public Task<object?> EvaluateAsync(object script, CancellationToken ct) => Task.FromResult<object?>(null);
}
