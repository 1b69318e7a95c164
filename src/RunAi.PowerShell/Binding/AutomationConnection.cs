using System.Collections;
using System.Security;

namespace RunAi.PowerShell.Binding;

/// <summary>
/// The fields of a connection of Azure Automation of the type RunAi, as <c>Get-AutomationConnection</c> gives them and
/// <c>RunAi-Automation.json</c>
/// describes them.
/// </summary>
internal sealed class AutomationConnection
{
    private static readonly string[] Required = ["ControlPlaneUrl", "ProjectName", "ClientId", "ClientSecret"];

    /// <param name="fields">The hashtable.</param>
    /// <exception cref="ConfigurationException">Fields are missing: all of them are named.</exception>
    public AutomationConnection(IDictionary fields)
    {
        var plain = PSObjectUnwrapper.Dictionary(fields);
        var missing = Required.Where(field => string.IsNullOrEmpty(Text(plain, field))).ToArray();
        if (missing.Length > 0)
        {
            throw new ConfigurationException(
                ErrorIds.InvalidStepOperator,
                $"The connection lacks {string.Join(", ", missing)}. Expected a hashtable with {string.Join(", ", Required)} and, if need "
                + "be, ClusterName: what Get-AutomationConnection gives for a connection of the type RunAi.")
            {
                Target = "Connection",
            };
        }

        (RunAiBaseUrl, ProjectName, ClientId) = (Text(plain, Required[0])!, Text(plain, Required[1])!, Text(plain, Required[2])!);
        ClusterName = Text(plain, "ClusterName");
        ClientSecret = Secure(plain, Required[3]);
    }

    public string RunAiBaseUrl { get; }

    public string ProjectName { get; }

    public string? ClusterName { get; }

    public string ClientId { get; }

    public SecureString ClientSecret { get; }

    private static object? Value(IDictionary fields, string name) =>
        fields.Keys.Cast<object>().Where(key => name.Equals(key.ToString(), StringComparison.OrdinalIgnoreCase))
            .Select(key => fields[key]).FirstOrDefault();

    private static string? Text(IDictionary fields, string name) => Value(fields, name)?.ToString() is { Length: > 0 } text ? text : null;

    private static SecureString Secure(IDictionary fields, string name)
    {
        if (Value(fields, name) is SecureString given)
        {
            return given;
        }

        var secure = new SecureString();
        foreach (var letter in Text(fields, name)!)
        {
            secure.AppendChar(letter);
        }

        secure.MakeReadOnly();
        return secure;
    }
}
