using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace RunAi.Secrets;

/// <summary>
/// Where a secret is kept: <c>{{secret}}</c>, <c>{{secret.key}}</c>, <c>{{vault/secret.key}}</c>, <c>{{env:NAME}}</c>, an asset of Azure
/// Automation as <c>{{automation:NAME}}</c> or <c>{{automation:NAME.key}}</c>, the memory of this session as <c>{{session:NAME}}</c>, or
/// the sign-in of the Run:ai CLI as <c>{{cli:runai}}</c>.
/// A slash ends the vault's name and the last dot starts the key, so a secret whose own name holds a dot is named
/// with its key. Vaults, secrets and keys consist of letters, digits, <c>_</c> and <c>-</c>; vaults and secrets also
/// of dots and single blanks inside. The words <c>inputs</c>, <c>outputs</c> and <c>checkpoint</c> at the front are no secrets.
/// </summary>
internal sealed class SecretReference
{
    private const string Forms = "{{secret.key}}, {{secret}}, {{vault/secret.key}}, {{env:NAME}} or {{automation:NAME}}";
    private const string Dotted = @"[A-Za-z0-9_-]+(?:[. ][A-Za-z0-9_-]+)*";

    private static readonly Regex EnvironmentForm =
        new(@"\A\{\{env:(?<env>[A-Za-z_][A-Za-z0-9_]*)\}\}\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>Names of assets may hold blanks; the last dot starts the key.</summary>
    private static readonly Regex AutomationForm = new(
        @"\A\{\{automation:(?<name>[A-Za-z0-9_](?:[A-Za-z0-9_ .-]*[A-Za-z0-9_-])?)\}\}\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static readonly Regex SessionForm =
        new(@"\A\{\{session:(?<name>[A-Za-z0-9_-]+)\}\}\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static readonly Regex VaultForm = new(
        @"\A\{\{(?:(?<vault>" + Dotted + @")/)?(?<secret>" + Dotted + @")\}\}\z", RegexOptions.CultureInvariant);

    private const string CliScheme = "cli";
    private const string AutomationScheme = "automation";
    private const string SessionScheme = "session";

    private static readonly string[] Reserved = ["inputs", "outputs", "checkpoint"];

    private readonly string? _scheme;

    private SecretReference(string? environment, string? vault, string name, string? key, string? scheme = null)
    {
        _scheme = scheme;
        Environment = environment;
        Vault = vault;
        Name = name;
        Key = key;
    }

    /// <summary>True for an asset of Azure Automation.</summary>
    public bool IsAutomation => _scheme == AutomationScheme;

    /// <summary>True for the token of somebody who is signed in with the Run:ai CLI.</summary>
    public bool IsOfCli => _scheme == CliScheme;

    /// <summary>True for a secret that this session keeps in its memory.</summary>
    public bool IsOfSession => _scheme == SessionScheme;

    /// <summary>The environment variable, or null when a vault is meant.</summary>
    public string? Environment { get; }

    /// <summary>The vault, or null for the default one.</summary>
    public string? Vault { get; }

    /// <summary>The secret's name; empty when an environment variable is meant.</summary>
    public string Name { get; }

    /// <summary>The key in the secret's hashtable, or null for the secret itself.</summary>
    public string? Key { get; }

    /// <summary>Reads a reference; what is none is refused with the forms it may have.</summary>
    public static SecretReference Parse(string text) => TryParse(text, out var reference, out var problem)
        ? reference
        : throw new ConfigurationException(ErrorIds.InvalidSecretReference, problem);

    /// <summary>Reads a reference, or tells why the text is none without repeating a text that may be a secret.</summary>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out SecretReference? reference,
        [NotNullWhen(false)] out string? problem)
    {
        reference = null;
        problem = null;
        if (EnvironmentForm.Match(text ?? "") is { Success: true } environment)
        {
            reference = new SecretReference(environment.Groups["env"].Value, null, "", null);
            return true;
        }

        if (SessionForm.Match(text ?? "") is { Success: true } session)
        {
            reference = new SecretReference(null, null, session.Groups["name"].Value, null, SessionScheme);
            return true;
        }

        if (AutomationForm.Match(text ?? "") is { Success: true } automation)
        {
            reference = Dotless(automation.Groups["name"].Value, null, AutomationScheme);
            return true;
        }

        if (string.Equals(text, RunAiCli.Reference, StringComparison.OrdinalIgnoreCase))
        {
            reference = new SecretReference(null, null, RunAiCli.Program, null, CliScheme);
            return true;
        }

        if (VaultForm.Match(text ?? "") is not { Success: true } match)
        {
            problem = $"The text is no secret reference. Expected {Forms}; names consist of letters, digits, '_', '-' "
                + "and, inside, '.' and single blanks.";
            return false;
        }

        var first = text!.Substring(2).Split('.', '/', ' ', '}')[0];
        if (Reserved.Contains(first, StringComparer.OrdinalIgnoreCase))
        {
            problem = $"{text} is a placeholder of a step's command, not a secret: 'inputs', 'outputs' and 'checkpoint' "
                + $"are reserved first words. Expected {Forms}; rename the secret or put its vault before it.";
            return false;
        }

        reference = Dotless(match.Groups["secret"].Value, match.Groups["vault"] is { Success: true } vault ? vault.Value : null, null);
        return true;
    }

    /// <summary>The last dot starts the key.</summary>
    private static SecretReference Dotless(string name, string? vault, string? scheme)
    {
        var dot = name.LastIndexOf('.');
        return new SecretReference(null, vault, dot < 0 ? name : name.Substring(0, dot), dot < 0 ? null : name.Substring(dot + 1), scheme);
    }

    /// <summary>The same secret with another key, or without one.</summary>
    public SecretReference WithKey(string? key) => new(Environment, Vault, Name, key, _scheme);

    /// <summary>The reference as it is written; it holds no secret.</summary>
    public override string ToString() => Environment is not null
        ? $"{{{{env:{Environment}}}}}"
        : $"{{{{{(_scheme is null ? "" : _scheme + ":")}{(Vault is null ? "" : Vault + "/")}{Name}{(Key is null ? "" : "." + Key)}}}}}";
}
