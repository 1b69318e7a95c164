Describe 'Steps in jobs' {
    BeforeAll {
        Enter-TestSession $TestDrive
        $script = {
            Import-Module $env:TEST_MODULE
            Invoke-RunAiStep "job-$using:kind" -Image busybox -Command 'true' -Settings @{ GpuPortionRequest = 0.25 }
        }
    }

    AfterAll { Exit-TestSession }

    It 'Start-Job gives the run of another process' {
        $kind = 'process'
        $run = Start-Job $script | Receive-Job -Wait -AutoRemoveJob -ErrorAction Stop

        "$($run.State)" | Should -BeExactly 'Succeeded'
        $run.PSObject.TypeNames[0] | Should -BeExactly 'Deserialized.RunAi.StepRun'
        (Get-RunAiWorkload $run.WorkloadName).Phase | Should -BeExactly 'Completed'
    }

    It 'a run of another process can be waited for and asked for by what came back' {
        $job = Start-Job {
            Import-Module $env:TEST_MODULE
            Submit-RunAiStep job-later -Image busybox -Command 'true' -Settings @{ GpuDevicesRequest = 0 }
        }
        $run = $job | Receive-Job -Wait -AutoRemoveJob -ErrorAction Stop

        ($run | Wait-RunAiWorkload).Phase | Should -BeExactly 'Completed'
        (Get-RunAiStepRun $run.RunId).WorkloadName | Should -BeExactly $run.WorkloadName
    }

    It 'Start-ThreadJob gives the run, and its errors keep their ids' {
        $kind = 'thread'
        $jobs = @(
            Start-ThreadJob $script
            Start-ThreadJob {
                Import-Module $env:TEST_MODULE
                Invoke-RunAiStep job-bad -Image busybox -Command sh, -c, 'exit 4' -Settings @{ GpuDevicesRequest = 0 }
            }
        )
        $run = $jobs | Receive-Job -Wait -AutoRemoveJob -ErrorVariable failures -ErrorAction SilentlyContinue

        $run.State | Should -Be 'Succeeded'
        $failures.FullyQualifiedErrorId | Should -BeExactly 'RunAi.WorkloadFailed,RunAi.PowerShell.Commands.InvokeStepCommand'
    }

    It 'ForEach-Object -Parallel runs steps side by side with one session' {
        $before = @(Get-EmulatorRequest).Count
        Disconnect-RunAi
        $ErrorActionPreference = 'Continue'
        $runs = 1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module $env:TEST_MODULE
            Invoke-RunAiStep "fold-$_" -Image busybox -Command sh, -c, "exit $($_ - 1)" -Settings @{ GpuPortionRequest = 0.5 }
        } 2>&1
        $failures = $runs.Where({ $_ -is [System.Management.Automation.ErrorRecord] })

        $runs.Where({ $_ -isnot [System.Management.Automation.ErrorRecord] }).StepName | Should -BeExactly 'fold-1'
        $failures.FullyQualifiedErrorId | Should -BeExactly (, 'RunAi.WorkloadFailed,RunAi.PowerShell.Commands.InvokeStepCommand' * 3)
        $failures.Exception.ExitCode | Sort-Object | Should -BeExactly 1, 2, 3
        (Get-EmulatorRequest | Select-Object -Skip $before).Where({ $_.path -like '/api/v?/token' }) | Should -HaveCount 1
    }

    It 'ForEach-Object -Parallel submits, and one wait ends them all' {
        $runs = 1..3 | ForEach-Object -Parallel {
            Import-Module $env:TEST_MODULE
            Submit-RunAiStep "part-$_" -Image busybox -Command 'true' -Settings @{ GpuDevicesRequest = 0 }
        } | Wait-RunAiWorkload

        $runs.StepName | Sort-Object | Should -BeExactly 'part-1', 'part-2', 'part-3'
        $runs.State | Select-Object -Unique | Should -Be 'Succeeded'
    }
}
