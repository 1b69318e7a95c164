using System.Management.Automation;
using System.Security;
using System.Text;
using RunAi.Content;
using RunAi.PowerShell.Binding;
using RunAi.Secrets;

namespace RunAi.PowerShell.Secrets;

/// <summary>
/// A secret as a parameter takes it: text that refers to one, or a SecureString or PSCredential, which goes into a vault under the module's
/// own name for it, or stays in the session's memory, and is kept as a reference from then on.
/// </summary>
internal sealed class GivenSecret
{
    private readonly object? _value;
    private readonly string? _vault;
    private readonly string _name;
    private readonly string? _sessionReference;

    /// <param name="given">The parameter's value; null or empty when it was left out.</param>
    /// <param name="vault">The vault to store an object in; null for the default vault.</param>
    /// <param name="kind">What the secret is of, the first part of its name in the vault.</param>
    /// <param name="owner">The component whose secret it is.</param>
    /// <param name="session">Where an object stays that belongs to a component of the session; null to store it in the vault.</param>
    public GivenSecret(object? given, string? vault, string kind, string owner, SessionSecrets? session = null)
    {
        _value = PSObjectUnwrapper.Value(given);
        _vault = vault;
        _name = $"{kind}-{VaultName(owner)}";
        _sessionReference = session is not null && IsObject
            ? session.Keep(_name, _value is PSCredential credential ? credential.GetNetworkCredential() : _value!)
            : null;
    }

    /// <summary>
    /// The owner's name with what every vault takes, Azure Key Vault too: letters, digits and dashes. Names that differ stay different.
    /// </summary>
    private static string VaultName(string owner) => owner.All(letter => letter is not ('.' or '_'))
        ? owner
        : owner.Replace('.', '-').Replace('_', '-') + "-" + Digest.Hex(Digest.Of(Encoding.UTF8.GetBytes(owner))).Remove(6);

    /// <summary>True when an object was given, whose secret goes into a vault.</summary>
    public bool IsObject => _value is SecureString or PSCredential;

    /// <summary>The reference that is kept, which plain text is not and is refused for later on; null when no secret was given.</summary>
    public string? Reference => _sessionReference ?? _value switch
    {
        SecureString or PSCredential => _vault is null ? $"{{{{{_name}}}}}" : $"{{{{{_vault}/{_name}}}}}",
        _ => _value?.ToString() is { Length: > 0 } text ? text : null,
    };

    /// <summary>The user name of a PSCredential; null otherwise.</summary>
    public string? UserName => (_value as PSCredential)?.UserName;

    /// <summary>Puts an object into the vault, once everything else is known to be right; a reference is there already.</summary>
    /// <exception cref="RunAiException"><see cref="ErrorIds.InvalidSecretReference"/>: a vault is named and there is nothing to put into
    /// it.</exception>
    public Task StoreAsync(ISecretVault vault, CancellationToken token) =>
        _vault is not null && !IsObject ? throw new RunAiException(
            ErrorIds.InvalidSecretReference,
            $"-Vault '{_vault}' does nothing here: it says where a secret is stored that is given as a SecureString or credential. A "
            + $"reference names its vault itself, as in {{{{{_vault}/secret.key}}}}. Leave -Vault out.")
        {
            Target = _vault,
        }
        : _sessionReference is null && ((_value as PSCredential)?.Password ?? _value as SecureString) is { } secret
            ? vault.SetSecretAsync(_vault, _name, secret, token)
            : Task.CompletedTask;
}
