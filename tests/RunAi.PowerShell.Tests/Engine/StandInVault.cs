namespace RunAi.PowerShell.Tests.Engine;

/// <summary>
/// A script module in the place of SecretManagement, which is not on the test machines. The names of the secrets that were read are in
/// <c>$SecretsRead</c>.
/// </summary>
internal static class StandInVault
{
    public const string Script = """
        New-Module Microsoft.PowerShell.SecretManagement {
            $script:vaults = @{}
            function Set-Secret {
                param([Parameter(Position = 0)] [string] $Name, $Secret, [string] $Vault = 'default')
                $script:vaults["$Vault/$Name"] = $Secret
            }
            function Get-Secret {
                param([Parameter(Position = 0)] [string] $Name, [string] $Vault = 'default')
                $global:SecretsRead = @($global:SecretsRead) + $Name
                $script:vaults["$Vault/$Name"]
            }
            Export-ModuleMember -Function Set-Secret, Get-Secret
        } | Import-Module
        """;
}
