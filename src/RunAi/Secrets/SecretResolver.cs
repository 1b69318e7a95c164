using System.Collections;
using System.Net;
using System.Text;
using RunAi.Redaction;
using RunAi.Wording;

namespace RunAi.Secrets;

/// <summary>Turns a <see cref="SecretReference"/> into its value, at the moment of use.</summary>
internal sealed class SecretResolver
{
    private readonly ISecretVault _vault;
    private readonly Func<string, string?> _environment;
    private readonly SessionSecrets? _session;
    private readonly RunAiCli? _cli;

    /// <param name="vault">The vaults, and the assets of Azure Automation.</param>
    /// <param name="environment">Reads an environment variable; null for none.</param>
    /// <param name="session">The secrets that the session was given as values; null for none.</param>
    /// <param name="cli">The Run:ai CLI; null to start no program.</param>
    public SecretResolver(ISecretVault vault, Func<string, string?> environment, SessionSecrets? session = null, RunAiCli? cli = null)
    {
        _vault = vault;
        _environment = environment;
        _session = session;
        _cli = cli;
    }

    /// <summary>
    /// Resolves a reference, or tells with a <see cref="SecretNotFoundException"/> which part of it leads nowhere.
    /// </summary>
    public async Task<SecretText> ResolveAsync(SecretReference reference, SecretIntent intent, CancellationToken ct)
    {
        if (reference.IsOfCli)
        {
            return await CliTokenAsync(reference, intent, ct).ConfigureAwait(false);
        }

        var value = await ValueAsync(reference, intent, ct).ConfigureAwait(false);
        if (UnexpandedVariable.Flaw(value) is { } flaw)
        {
            var what = reference.Environment is { } variable ? $"The environment variable '{variable}'" : Where(reference);
            throw Missing(reference, $"{what} holds no secret: {flaw}");
        }

        if (intent == SecretIntent.Secret)
        {
            KnownSecrets.Remember(value);
        }

        return new SecretText(value);
    }

    private async Task<SecretText> CliTokenAsync(SecretReference reference, SecretIntent intent, CancellationToken ct)
    {
        if (intent != SecretIntent.AccessToken)
        {
            throw new ConfigurationException(
                ErrorIds.InvalidSecretReference,
                $"{reference} is the token of a user who is signed in with the Run:ai CLI. It can be the client secret of a "
                + "step operator and nothing else: give a reference to the secret that belongs here.")
            {
                Target = reference.ToString(),
            };
        }

        var token = _cli is null
            ? throw Missing(reference, "The Run:ai CLI is not asked for a token here. Connect before: Connect-RunAi")
            : await _cli.TokenAsync(ct).ConfigureAwait(false);
        KnownSecrets.Remember(token.Reveal());
        return token;
    }

    /// <summary>What an environment variable holds now, which asks nobody; null for other references and for one that is not set.</summary>
    public SecretText? FromEnvironment(SecretReference reference) =>
        reference.Environment is { } variable && _environment(variable) is { Length: > 0 } set ? new SecretText(set) : null;

    private async Task<string> ValueAsync(SecretReference reference, SecretIntent intent, CancellationToken ct)
    {
        if (reference.Environment is { } variable)
        {
            return _environment(variable) is { Length: > 0 } set
                ? set
                : throw Missing(reference, $"The environment variable '{variable}' is not set, or is empty. Set it for this "
                    + "process (in Azure DevOps map the secret variable under 'env:'), or use another reference.");
        }

        var kept = await ReadAsync(reference, ct).ConfigureAwait(false)
            ?? throw Missing(reference, $"{Where(reference)} does not exist. {HowToStore(reference)}");
        var value = reference.Key is null ? Whole(reference, kept, intent) : Part(reference, reference.Key, kept, intent);
        return value.Length > 0
            ? value
            : throw Missing(reference, $"{Where(reference)} is empty. {HowToStore(reference)}");
    }

    private async Task<object?> ReadAsync(SecretReference reference, CancellationToken ct)
    {
        if (reference.IsOfSession)
        {
            return _session?.Find(reference.Name) is not { } kept ? null
                : kept is System.Security.SecureString or NetworkCredential ? kept
                : await EvaluateAsync(reference, kept, ct).ConfigureAwait(false);
        }

        if (reference.IsAutomation)
        {
            return await _vault.GetAutomationAssetAsync(reference.Name, ct).ConfigureAwait(false);
        }

        try
        {
            return await _vault.GetSecretAsync(reference.Vault, reference.Name, ct).ConfigureAwait(false);
        }
        catch (Exception ex) when (ex is not RunAiException and not OperationCanceledException)
        {
            throw Missing(
                reference, $"{Where(reference)} could not be read: {CleanText.Of(ex.Message).TrimEnd('.')}. Unlock the vault or sign in "
                    + $"to it (Unlock-SecretStore for SecretStore), and try 'Get-Secret {reference.Name}' in the same session.", ex);
        }
    }

    private async Task<object?> EvaluateAsync(SecretReference reference, object script, CancellationToken ct)
    {
        try
        {
            return await _vault.EvaluateAsync(script, ct).ConfigureAwait(false);
        }
        catch (Exception ex) when (ex is not RunAiException and not OperationCanceledException)
        {
            throw Missing(
                reference,
                $"The script block of -ExternalToken failed: {CleanText.Of(ex.Message).TrimEnd('.')}. It has to give the token as a text "
                + "or SecureString.", ex);
        }
    }

    private static string Whole(SecretReference reference, object kept, SecretIntent intent) => kept switch
    {
        IDictionary table => throw Missing(reference, $"{Where(reference)} is a hashtable and needs a key. It has {Keys(table)}. "
            + $"Write the reference as {reference.WithKey("KEY")}."),
        _ => Value(reference, kept, intent),
    };

    private static string Part(SecretReference reference, string key, object kept, SecretIntent intent)
    {
        if (kept is IDictionary table)
        {
            foreach (DictionaryEntry entry in table)
            {
                if (string.Equals(entry.Key as string, key, StringComparison.OrdinalIgnoreCase))
                {
                    return entry.Value is null ? "" : Value(reference, entry.Value, intent);
                }
            }

            throw Missing(reference, $"{Where(reference)} has no key '{key}'. It has {Keys(table)}. Correct the reference "
                + $"{reference}, or add the key with Set-Secret.");
        }

        return kept switch
        {
            NetworkCredential login when key.Equals("UserName", StringComparison.OrdinalIgnoreCase) => login.UserName,
            NetworkCredential login when key.Equals("Password", StringComparison.OrdinalIgnoreCase) => login.Password,
            NetworkCredential => throw Missing(reference, $"{Where(reference)} is a credential: its keys are UserName and "
                + $"Password, not '{key}'."),
            _ => throw Missing(reference, $"{Where(reference)} is a single value without keys, so '{key}' cannot be looked up. "
                + $"Write {reference.WithKey(null)}, or store a hashtable with the key '{key}'."),
        };
    }

    private static string Value(SecretReference reference, object kept, SecretIntent intent) => kept switch
    {
        string text => text,
        System.Security.SecureString secure => new NetworkCredential("", secure).Password,
        NetworkCredential login => intent == SecretIntent.ClientId ? login.UserName : login.Password,
        byte[] bytes => Utf8(reference, bytes),
        _ => throw Missing(reference, $"{Where(reference)} is a {kept.GetType().Name}. Expected a string, SecureString, "
            + "PSCredential, byte array (UTF-8) or a hashtable of these."),
    };

    private static string Utf8(SecretReference reference, byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            // The original says which bytes it met, and those are the secret.
            throw Missing(reference, $"{Where(reference)} is a byte array that is not UTF-8 text. Store it as a string.");
        }
    }

    private static string HowToStore(SecretReference reference) =>
        reference.IsOfSession
            ? "It was kept by another session, or before this one began. Register its component again with -Scope Session, or connect "
                + "again with Connect-RunAi."
        : reference.IsAutomation
            ? $"Add a credential or an encrypted variable of that name to the Automation account, or correct the reference {reference}."
        : $"Store it with Set-Secret, or correct the reference {reference}.";

    private static string Where(SecretReference reference) => reference.IsOfSession ? $"The secret '{reference.Name}' of this session"
        : reference.IsAutomation ? $"The asset '{reference.Name}' of Azure Automation"
        : reference.Vault is null
        ? $"The secret '{reference.Name}' in the default vault"
        : $"The secret '{reference.Name}' in the vault '{reference.Vault}'";

    private static string Keys(IDictionary table) => table.Count == 0
        ? "no keys"
        : "the keys " + string.Join(", ", table.Keys.Cast<object>().Select(k => $"'{k}'").OrderBy(k => k, StringComparer.Ordinal));

    private static SecretNotFoundException Missing(SecretReference reference, string message, Exception? inner = null) =>
        new(message, inner) { Target = reference.ToString() };
}
