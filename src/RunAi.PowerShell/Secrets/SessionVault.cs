using System.Collections;
using System.Management.Automation;
using RunAi.PowerShell.Pipeline;
using RunAi.Secrets;

namespace RunAi.PowerShell.Secrets;

/// <summary>
/// The vaults of SecretManagement, reached by calling <c>Get-Secret</c> and <c>Set-Secret</c> in the caller's session, on
/// its pipeline thread, at the moment of use: every extension vault works and the module depends on none.
/// </summary>
internal sealed class SessionVault(PSCmdlet command, PipelinePump pump) : ISecretVault
{
    public Task<object?> GetSecretAsync(string? vault, string name, CancellationToken ct) =>
        pump.CallAsync(() => Read(vault, name));

    public Task SetSecretAsync(string? vault, string name, object value, CancellationToken ct) =>
        pump.CallAsync(() => Write(vault, name, value));

    public Task<object?> GetAutomationAssetAsync(string name, CancellationToken ct) =>
        pump.CallAsync(() => AutomationAssets.Read(command, name));

    public Task<object?> EvaluateAsync(object script, CancellationToken ct) =>
        pump.CallAsync(() => Plain(((ScriptBlock)script).Invoke().LastOrDefault()));

    /// <summary>
    /// A vault that is locked, or that its user is not signed in to, writes an error and gives nothing. So does one that knows no such
    /// secret, and its error says that by its category, as SecretManagement's Get-Secret does.
    /// </summary>
    private object? Read(string? vault, string name)
    {
        using var shell = Command("Get-Secret", vault, name);
        shell.AddParameter("ErrorAction", ActionPreference.Continue);
        var found = shell.Invoke();
        if (found.Count > 1)
        {
            throw new InvalidOperationException(
                $"Get-Secret gave {found.Count} values for it. Name the vault in the reference: {{{{VAULT/{name}}}}}");
        }

        var troubles = shell.Streams.Error.Where(error => error.CategoryInfo.Category != ErrorCategory.ObjectNotFound).ToList();
        return found.Count == 0 && troubles.Count > 0
            ? throw new InvalidOperationException(troubles[0].ToString(), troubles[0].Exception)
            : Plain(found.FirstOrDefault());
    }

    private bool Write(string? vault, string name, object value)
    {
        using var shell = Command("Set-Secret", vault, name);
        shell.AddParameter("Secret", value).AddParameter("ErrorAction", ActionPreference.Stop);
        try
        {
            shell.Invoke();
            return true;
        }
        catch (RuntimeException refused) when (refused is not PipelineStoppedException)
        {
            throw new RunAiException(
                ErrorIds.SecretNotStored,
                $"The secret '{name}' could not be stored in {(vault is null ? "the default vault" : $"the vault '{vault}'")}: "
                + $"{refused.Message.TrimEnd('.')}. Register a vault first, for example with: Register-SecretVault local -ModuleName "
                + "Microsoft.PowerShell.SecretStore -DefaultVault. Or keep the secret in an environment variable and give a reference to "
                + "it: -ClientSecret '{{env:NAME}}'.",
                refused)
            {
                Target = name,
            };
        }
    }

    private System.Management.Automation.PowerShell Command(string commandName, string? vault, string secret)
    {
        var found = command.InvokeCommand.GetCommand(commandName, CommandTypes.Cmdlet | CommandTypes.Function | CommandTypes.Alias)
            ?? throw new RunAiException(
                ErrorIds.MissingDependency,
                $"The secret '{secret}' is in a vault, and this session has no {commandName}. Install SecretManagement and a vault "
                + "(Install-Module Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore), or keep the secret in an "
                + "environment variable and refer to it as {{env:NAME}}.")
            {
                Target = commandName,
                RecommendedAction = "Install-Module Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore",
            };
        var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(found.Name).AddParameter("Name", secret);
        if (vault is not null)
        {
            shell.AddParameter("Vault", vault);
        }

        return shell;
    }

    /// <summary>A secret as the library takes it.</summary>
    public static object? Plain(PSObject? secret) => secret?.BaseObject switch
    {
        PSCredential credential => credential.GetNetworkCredential(),
        IDictionary keys => keys.Keys.Cast<object>().ToDictionary(k => k, k => Plain(PSObject.AsPSObject(keys[k] ?? ""))),
        var plain => plain,
    };
}
