<# A script module in the place of SecretManagement: vaults that live as long as the session. #>
$script:Vaults = @{}

function Set-Secret {
    param([Parameter(Mandatory, Position = 0)] [string] $Name, [Parameter(Mandatory)] $Secret, [string] $Vault = 'default')
    $script:Vaults["$Vault/$Name"] = $Secret
}

function Get-Secret {
    param([Parameter(Mandatory, Position = 0)] [string] $Name, [string] $Vault = 'default')
    $script:Vaults["$Vault/$Name"]
}

Export-ModuleMember -Function Set-Secret, Get-Secret
