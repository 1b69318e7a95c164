using System.Collections;
using System.Management.Automation;
using System.Net;

namespace RunAi.EndToEnd.Tests.Canary;

/// <summary>How a component is registered with its credential, and where the session finds that.</summary>
internal sealed class CanaryLogin
{
    private CanaryLogin(string component, Hashtable parameters) => (Component, Parameters) = (component, parameters);

    /// <summary>What it is for: the beginning of the names it uses in environment and vault.</summary>
    public string Component { get; }

    /// <summary>What is splatted at the Register cmdlet.</summary>
    public Hashtable Parameters { get; }

    /// <summary>What no sink may hold.</summary>
    public IReadOnlyList<string> Secrets { get; private init; } = [];

    /// <summary>Environment variables of the session.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; private init; } = new Dictionary<string, string>();

    /// <summary>What the session's vault holds.</summary>
    public IReadOnlyDictionary<string, object> Vault { get; private init; } = new Dictionary<string, object>();

    /// <summary>Nothing secret.</summary>
    public static CanaryLogin None(string component, Hashtable parameters) => new(component, parameters);

    /// <summary>A reference to an environment variable with the whole text.</summary>
    public static CanaryLogin InEnvironment(string component, Hashtable parameters, string parameter, string text, params string[] secrets)
    {
        var variable = $"RUNAI_CANARY_{component.ToUpperInvariant()}";
        return new(component, With(parameters, parameter, $"{{{{env:{variable}}}}}"))
        {
            Secrets = secrets,
            Environment = new Dictionary<string, string> { [variable] = text },
        };
    }

    /// <summary>A reference to a secret in the vault, with a key when it is a table.</summary>
    public static CanaryLogin InVault(
        string component, Hashtable parameters, string parameter, object kept, string? key, params string[] secrets) =>
        new(component, With(parameters, parameter, key is null ? $"{{{{canary_{component}}}}}" : $"{{{{canary_{component}.{key}}}}}"))
        {
            Secrets = secrets,
            Vault = new Dictionary<string, object> { [$"canary_{component}"] = kept },
        };

    /// <summary>A SecureString, which the cmdlet itself puts into the vault.</summary>
    public static CanaryLogin AsSecureString(string component, Hashtable parameters, string parameter, string secret) =>
        new(component, With(parameters, parameter, new NetworkCredential("", secret).SecurePassword)) { Secrets = [secret] };

    /// <summary>A PSCredential, which the cmdlet itself puts into the vault.</summary>
    public static CanaryLogin AsCredential(string component, Hashtable parameters, string user, string secret) =>
        new(component, With(parameters, "Credential", new PSCredential(user, new NetworkCredential("", secret).SecurePassword)))
        {
            Secrets = [secret],
        };

    /// <summary>What <c>docker login</c> keeps in a folder.</summary>
    public static CanaryLogin OfDocker(string component, Hashtable parameters, string folder, string secret) => new(component, parameters)
    {
        Secrets = [secret],
        Environment = new Dictionary<string, string> { ["DOCKER_CONFIG"] = folder },
    };

    private static Hashtable With(Hashtable parameters, string name, object value) => new(parameters) { [name] = value };
}
