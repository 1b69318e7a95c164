namespace RunAi.Secrets;

/// <summary>
/// The vaults of PowerShell's SecretManagement, reached by <c>Get-Secret</c> and <c>Set-Secret</c> in the caller's
/// session. The shell side implements it; a null vault is the default one.
/// </summary>
internal interface ISecretVault
{
    /// <summary>
    /// Reads a secret: a <see cref="string"/>, <see cref="System.Security.SecureString"/>,
    /// <see cref="System.Collections.IDictionary"/>, <see cref="System.Net.NetworkCredential"/> or bytes; null when
    /// there is none of that name.
    /// </summary>
    Task<object?> GetSecretAsync(string? vault, string name, CancellationToken ct);

    /// <summary>Writes a secret of one of the same types.</summary>
    Task SetSecretAsync(string? vault, string name, object value, CancellationToken ct);

    /// <summary>
    /// Reads an asset of Azure Automation, a credential, a variable or a connection, as one of the same types; null when there is none of
    /// that name.
    /// </summary>
    /// <exception cref="RunAiException"><see cref="ErrorIds.MissingDependency"/>: this is no job of Azure Automation.</exception>
    Task<object?> GetAutomationAssetAsync(string name, CancellationToken ct);

    /// <summary>Runs a script block of the session, which gives a secret, as one of the same types; null when it gives nothing.</summary>
    Task<object?> EvaluateAsync(object script, CancellationToken ct);
}
