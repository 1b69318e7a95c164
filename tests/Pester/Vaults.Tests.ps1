Describe 'Secrets that cannot be read say why' {
    BeforeAll {
        Enter-TestSession $TestDrive
        Register-TestOperator vaulted @{ ClientId = 'vaulted'; ClientSecret = '{{team.client_secret}}' }

        # Puts another vault in the place of the stand-in for one command.
        function Get-VaultFailure([scriptblock] $Vault) {
            Set-Item function:global:Get-Secret $Vault
            try { Get-Failure { Get-RunAiWorkload -StepOperator vaulted -ErrorAction Stop } }
            finally { Remove-Item function:global:Get-Secret }
        }
    }

    AfterAll { Exit-TestSession }

    It 'a locked vault, in its own words and with the way out' {
        $failure = Get-VaultFailure { [CmdletBinding()] param($Name, $Vault) Write-Error 'A valid password is required to access the vault.' }

        "$failure" | Should -Match 'could not be read: A valid password is required to access the vault\. Unlock the vault'
        "$failure" | Should -Match 'Unlock-SecretStore'
        "$failure" | Should -Not -Match 'does not exist'
    }

    It 'a vault that throws, as one whose user is not signed in' {
        $failure = Get-VaultFailure { [CmdletBinding()] param($Name, $Vault) throw 'Run Connect-AzAccount to login.' }

        "$failure" | Should -Match 'could not be read: Run Connect-AzAccount to login\.'
    }

    It 'two vaults that know the name' {
        $failure = Get-VaultFailure { [CmdletBinding()] param($Name, $Vault) 'one'; 'two' }

        "$failure" | Should -Match 'gave 2 values for it\. Name the vault in the reference: {{VAULT/team}}'
    }

    It 'a secret that is not there' {
        $failure = Get-VaultFailure {
            [CmdletBinding()] param($Name, $Vault)
            Write-Error "The secret $Name was not found." -ErrorId GetSecretNotFound -Category ObjectNotFound
        }

        "$failure" | Should -Match 'does not exist\. Store it with Set-Secret'
    }

    It 'a name that the module makes fits Azure Key Vault' {
        $script:named = $null
        function global:Set-Secret { [CmdletBinding()] param($Name, $Secret, $Vault) $script:named = $Name }
        try {
            $credential = [pscredential]::new('me', (ConvertTo-SecureString 'x1' -AsPlainText))
            $null = Register-RunAiContainerRegistry my_acr.eu -Uri registry.invalid/steps -Credential $credential
        }
        finally { Remove-Item function:global:Set-Secret }

        Get-Content -Raw $env:RUNAI_CONFIG | Should -MatchExactly '"{{[0-9A-Za-z-]*my-acr-eu-[0-9a-f]{6}}}"'
    }
}
