Describe 'The exit code of PowerShell' {
    BeforeAll {
        Enter-TestSession $TestDrive
        $steps = @{
            '{good}' = "Invoke-RunAiStep good -Image busybox -Command 'true' -Settings `$cpu | Out-Null"
            '{bad}' = "Invoke-RunAiStep bad -Image busybox -Command sh, -c, 'exit 3' -Settings `$cpu"
            '{awaited}' = "Submit-RunAiStep bad -Image busybox -Command sh, -c, 'exit 3' -Settings `$cpu | Wait-RunAiWorkload"
        }
    }

    AfterAll { Exit-TestSession }

    It '<kind> "<script>" is <code>' -ForEach @(
        @{ Kind = '-File'; Script = '{good}; "after"'; Code = 0; GoesOn = $true }
        @{ Kind = '-File'; Script = '{bad}; "after"'; Code = 0; GoesOn = $true; Fails = $true }
        @{ Kind = '-File'; Script = '$ErrorActionPreference = "Stop"; {bad}; "after"'; Code = 1; GoesOn = $false; Fails = $true }
        @{ Kind = '-File'; Script = '$ErrorActionPreference = "Stop"; {awaited}; "after"'; Code = 1; GoesOn = $false; Fails = $true }
        @{ Kind = '-File'; Script = 'try { {bad} } catch { exit $_.Exception.ExitCode }'; Code = 3; GoesOn = $false }
        @{ Kind = '-Command'; Script = '{bad}'; Code = 1; GoesOn = $false; Fails = $true }
        @{ Kind = '-Command'; Script = '{bad}; "after"'; Code = 0; GoesOn = $true; Fails = $true }
        @{ Kind = '-Command'; Script = '$ErrorActionPreference = "Stop"; {bad}; "after"'; Code = 1; GoesOn = $false; Fails = $true }
    ) {
        $text = 'Import-Module $env:TEST_MODULE; $cpu = @{ GpuDevicesRequest = 0 }; ' + $script
        foreach ($step in $steps.Keys) { $text = $text.Replace($step, $steps[$step]) }
        if ($kind -eq '-File') {
            Set-Content "$TestDrive/script.ps1" $text
            $text = "$TestDrive/script.ps1"
        }

        $ended = Invoke-Shell $kind, $text

        $ended.ExitCode | Should -Be $code
        ($ended.Output -split '\r?\n') -contains 'after' | Should -Be $goesOn
        if ($fails) { $ended.Errors | Should -Match 'exit code 3' } else { $ended.Errors | Should -BeNullOrEmpty }
        $ended.Output | Should -Not -Match 'wait was stopped' -Because 'the workload has ended'
    }
}
