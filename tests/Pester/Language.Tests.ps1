Describe 'Constrained language mode' {
    BeforeAll {
        Enter-TestSession $TestDrive
        # Everything but the last line is typed in constrained language.
        $facts = Get-ShellFact @'
            $ErrorActionPreference = 'Stop'
            $ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
            Import-Module $env:TEST_MODULE
            $settings = New-RunAiStepSettings -GpuPortionRequest 0.25 -CpuCoreRequest 1
            $table = @{ gpu_portion_request = 0.5; Toleration = @{ Key = 'k'; Operator = 'Exists' } }
            $step = New-RunAiStep constrained -Image busybox -Command sh, -c, 'exit $CODE' -Environment @{ CODE = '0' } -Settings $settings
            $run = $step | Submit-RunAiStep | Wait-RunAiWorkload
            $broken = try { New-RunAiStepSettings -GpuPortionRequest 2 } catch { $_.FullyQualifiedErrorId }
            $method = try { [System.IO.Path]::GetTempFileName() } catch { $_.FullyQualifiedErrorId }
            @{
                Mode = "$($ExecutionContext.SessionState.LanguageMode)"
                Method = $method
                Portion = $settings.GpuPortionRequest
                Hashtable = (New-RunAiStep table -Image busybox -Settings $table).Settings.GpuPortionRequest
                State = "$($run.State)"
                Broken = $broken
            } | ConvertTo-Json
'@
    }

    AfterAll { Exit-TestSession }

    It 'is on' {
        $facts.Mode | Should -BeExactly 'ConstrainedLanguage'
        $facts.Method | Should -BeExactly 'MethodInvocationNotSupportedInConstrainedLanguage'
    }

    It 'has the settings that were given, as parameters and as a hashtable' {
        $facts.Portion | Should -Be 0.25
        $facts.Hashtable | Should -Be 0.5
    }

    It 'runs a step from its settings to its result' {
        $facts.State | Should -BeExactly 'Succeeded'
    }

    It 'has the errors of full language' {
        $facts.Broken | Should -BeExactly 'RunAi.InvalidStepSettings,RunAi.PowerShell.Commands.NewStepSettingsCommand'
    }
}

Describe 'Strict mode' {
    BeforeAll {
        Enter-TestSession $TestDrive
        Set-StrictMode -Version Latest
    }

    AfterAll {
        Set-StrictMode -Off
        Exit-TestSession
    }

    It 'finds every property that a run, its workload and its step operator are shown by' {
        Set-StrictMode -Version Latest
        $run = Submit-RunAiStep strict -Image busybox -Command 'true' -Settings @{ GpuDevicesRequest = 0 } | Wait-RunAiWorkload

        $run.State | Should -Be 'Succeeded'
        foreach ($shown in $run, ($run | Get-RunAiWorkload), (Get-RunAiStepOperator demo)) {
            $shown | Format-List * | Out-String | Should -Match 'Name'
            ($shown | Get-Member -MemberType Property).ForEach({ $shown.($_.Name) }) | Should -Not -BeNullOrEmpty
        }
    }

    It 'takes splatted settings, and what is not set is null' {
        Set-StrictMode -Version Latest
        $given = @{ GpuPortionRequest = 0.5; CpuMemoryRequest = '2G' }
        $settings = New-RunAiStepSettings @given

        $settings.GpuPortionRequest | Should -Be 0.5
        $settings.CpuMemoryRequest | Should -BeExactly '2G'
        $settings.NodePools | Should -BeNullOrEmpty
    }

    It 'completes words' {
        Set-StrictMode -Version Latest
        (TabExpansion2 'Get-RunAiStepOperator d' 23).CompletionMatches.CompletionText | Should -BeExactly 'demo'
    }
}
