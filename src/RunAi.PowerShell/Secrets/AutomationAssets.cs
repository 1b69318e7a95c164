using System.Management.Automation;

namespace RunAi.PowerShell.Secrets;

/// <summary>
/// The assets of an Azure Automation account, reached by the internal cmdlets that a job has
/// (learn.microsoft.com/azure/automation/shared-resources/modules#internal-cmdlets). On Linux hybrid workers there are none.
/// </summary>
internal static class AutomationAssets
{
    private static readonly string[] Commands = ["Get-AutomationPSCredential", "Get-AutomationVariable", "Get-AutomationConnection"];

    /// <summary>Reads the credential, else the variable, else the connection of a name. To be called on the pipeline thread.</summary>
    /// <param name="command">The command that needs it.</param>
    /// <param name="name">The asset's name.</param>
    /// <returns>The asset; null when there is none of that name.</returns>
    /// <exception cref="RunAiException"><see cref="ErrorIds.MissingDependency"/>: this is no job of Azure Automation.</exception>
    public static object? Read(PSCmdlet command, string name)
    {
        var there = Commands
            .Select(reader => command.InvokeCommand.GetCommand(reader, CommandTypes.Cmdlet | CommandTypes.Function | CommandTypes.Alias))
            .OfType<CommandInfo>()
            .ToList();
        if (there.Count == 0)
        {
            throw new RunAiException(
                ErrorIds.MissingDependency,
                $"'{name}' is an asset of Azure Automation, and this session has no {Commands[0]}: it is not the job of a runbook, or it "
                + "is one on a Linux hybrid worker. Keep the secret in an environment variable there, and refer to it as {{env:NAME}}.")
            {
                Target = Commands[0],
            };
        }

        return there.Select(reader => Read(reader, name)).FirstOrDefault(asset => asset is not null);
    }

    /// <summary>An asset that is not there is an error of the cmdlet, and the next kind is asked for.</summary>
    private static object? Read(CommandInfo reader, string name)
    {
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(reader.Name).AddParameter("Name", name).AddParameter("ErrorAction", ActionPreference.SilentlyContinue);
        try
        {
            return SessionVault.Plain(shell.Invoke().FirstOrDefault());
        }
        catch (RuntimeException) when (reader.Name != Commands[Commands.Length - 1])
        {
            return null;
        }
    }
}
