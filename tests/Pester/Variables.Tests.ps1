Describe 'Variables that nobody filled in' {
    BeforeAll {
        Enter-TestSession $TestDrive
        $cpu = @{ GpuDevicesRequest = 0 }
    }

    AfterAll { Exit-TestSession }

    It 'as the secret: no request is sent' {
        $env:TEST_UNSET_SECRET = '$(RUNAI_CLIENT_SECRET)'
        Register-TestOperator unset @{ ClientId = 'never-asked'; ClientSecret = '{{env:TEST_UNSET_SECRET}}' }

        $failure = Get-Failure { Get-RunAiWorkload -StepOperator unset -ErrorAction Stop }

        $failure.FullyQualifiedErrorId | Should -BeLike 'RunAi.SecretNotFound,*'
        "$failure" | Should -Match "Azure Pipelines has no variable 'RUNAI_CLIENT_SECRET' here"
        Remove-Item Env:TEST_UNSET_SECRET
    }

    It 'as the project' {
        $failure = Get-Failure { Register-TestOperator never @{ ProjectName = '$(project)' } }

        "$failure" | Should -Match "ProjectName: \`$\(project\) is a variable that nobody filled in"
    }

    It 'as the value of an environment variable' {
        $failure = Get-Failure { New-RunAiStep a -Image b -Command c -Environment @{ TOKEN = '$(TOKEN)' } }

        "$failure" | Should -Match 'Environment\.TOKEN: .*nobody filled in'
    }

    It 'as the run key <key>' -ForEach @(
        @{ Key = '$(Build.BuildId)/1' }, @{ Key = "$env:BUILD_BUILDID_OF_NOBODY/$env:SYSTEM_STAGEATTEMPT_OF_NOBODY" }, @{ Key = '/1' }, @{ Key = ' ' }
    ) {
        $before = @(Get-RunAiWorkload -StepOperator demo).Count

        $failure = Get-Failure { Submit-RunAiStep keyed -Image busybox -Command 'true' -Settings $cpu -StepOperator demo -RunKey $key }

        "$failure" | Should -Match 'RunKey: '
        @(Get-RunAiWorkload -StepOperator demo).Count | Should -Be $before
    }
}
