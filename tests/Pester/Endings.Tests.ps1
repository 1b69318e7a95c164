Describe 'Endings' {
    BeforeAll {
        Enter-TestSession $TestDrive
        Register-TestStack $TestDrive
        $cpu = @{ GpuDevicesRequest = 0 }

        function Submit-Ending([string] $Name, [int] $ExitCode) {
            Submit-RunAiStep $Name -Image busybox -Command sh, -c, "exit $ExitCode" -Settings $cpu
        }
    }

    AfterEach { Clear-Fault }
    AfterAll { Exit-TestSession }

    Context 'of many that are waited for with -ErrorAction Stop' {
        BeforeAll {
            $runs = (Submit-Ending many1 0), (Submit-Ending many2 3), (Submit-Ending many3 0), (Submit-Ending many4 4)
            $given = [System.Collections.Generic.List[object]]::new()
            $failure = Get-Failure { $runs | Wait-RunAiWorkload -ErrorAction Stop -WarningVariable warnings | ForEach-Object { $given.Add($_) } }
        }

        It 'all are given before the error' {
            $given.StepName | Sort-Object | Should -Be 'many1', 'many2', 'many3', 'many4'
        }

        It 'there is one error, which counts and names those that failed' {
            $failure.FullyQualifiedErrorId | Should -BeExactly 'RunAi.RunsFailed,RunAi.PowerShell.Commands.WaitWorkloadCommand'
            "$failure" | Should -Match '^2 of 4 failed: '
            "$failure" | Should -Match 'runai-many2-\w{8} \(exit code 3, UserCode\)'
            "$failure" | Should -Match 'runai-many4-\w{8} \(exit code 4, UserCode\)'
        }

        It 'its exception has the failures and everything that ended, and its target the runs' {
            $failure.Exception.Failures.Run.StepName | Sort-Object | Should -Be 'many2', 'many4'
            $failure.Exception.Ended | Should -HaveCount 4
            $failure.TargetObject.StepName | Sort-Object | Should -Be 'many2', 'many4'
        }

        It 'nobody is told that the wait was stopped' {
            $ended = Invoke-Shell '-Command', "Import-Module `$env:TEST_MODULE; '$($runs.WorkloadName -join "','")' | Wait-RunAiWorkload -ErrorAction Stop"

            $ended.ExitCode | Should -Be 1
            "$($ended.Output) $($ended.Errors)" | Should -Not -Match 'was stopped'
            "$($ended.Errors)" | Should -Match '2 of 4 failed'
        }
    }

    Context 'of a single step that fails' {
        It 'the error has the run' {
            $failure = Get-Failure { Invoke-RunAiStep single -Image busybox -Command sh, -c, 'exit 3' -Settings $cpu }

            $failure.TargetObject.RunId | Should -HaveCount 1
            $failure.TargetObject.State | Should -Be 'Failed'
            $failure.Exception.Run.RunId | Should -BeExactly $failure.TargetObject.RunId
        }

        It 'the run is returned where -ErrorAction is <action>, in place of what the variable held' -ForEach @(
            @{ Action = 'Continue' }
            @{ Action = 'SilentlyContinue' }
        ) {
            $run = 'an earlier run'
            $run = Invoke-RunAiStep going -Image busybox -Command sh, -c, 'exit 3' -Settings $cpu -ErrorAction $action -ErrorVariable failures 2> $null

            $run.State | Should -Be 'Failed'
            $run.ExitCode | Should -Be 3
            $failures.FullyQualifiedErrorId | Should -Contain 'RunAi.WorkloadFailed,RunAi.PowerShell.Commands.InvokeStepCommand'
        }
    }

    It 'a plain image is told of no log that there is not' {
        $failure = Get-Failure { Invoke-RunAiStep plain -Image busybox -Command sh, -c, 'exit 3' -Settings $cpu }

        "$failure $($failure.ErrorDetails.RecommendedAction)" | Should -Not -Match 'its log tells|Receive-RunAiStepLog'
    }

    It 'Sync-RunAiStepRun -WhatIf names what it would record, and records nothing' {
        $run = Submit-Ending synced 0
        $null = Wait-Until -For 'its end' { Get-Effect $run.WorkloadName -Phase Completed }
        $files = { @(Get-ChildItem $env:RUNAI_STATE, "$TestDrive/store" -Recurse -File -ErrorAction Ignore).Count }
        $before = & $files

        $ended = Invoke-Shell '-Command', 'Import-Module $env:TEST_MODULE; Sync-RunAiStepRun -WhatIf'

        $ended.Output | Should -Match "What if: .*Record that the run is Succeeded.*$($run.RunId)"
        & $files | Should -Be $before
        (Get-RunAiStepRun $run.RunId).State | Should -Be 'Submitted'
    }

    It 'a command line in one word is refused before anything is sent' {
        $failure = Get-Failure { Invoke-RunAiStep oneword -Image busybox -Command 'echo hi' -Settings $cpu }

        $failure.FullyQualifiedErrorId | Should -BeExactly 'RunAi.InvalidStep,RunAi.PowerShell.Commands.InvokeStepCommand'
        "$failure" | Should -Match '-Command echo, hi'
        Get-Effect 'runai-oneword-*' | Should -BeNullOrEmpty
    }

    Context 'without a progress bar' {
        It 'a step tells in lines what was stored and submitted, where it runs and how it ended' {
            $said = Invoke-Shell '-Command', @"
                Import-Module `$env:TEST_MODULE
                `$null = Invoke-RunAiStep lines -BaseImage scratch -Command sh, -c, 'sleep 2; echo said' -Settings @{ GpuPortionRequest = 0.5 }
"@

            $said.ExitCode | Should -Be 0
            $said.Output | Should -Match '(?m)^Image oci:.*@sha256:\w{64} is stored'
            $said.Output | Should -Match '(?m)^Run \w{26}: workload runai-lines-\w{8} in project demo\. http'
            $said.Output | Should -Match '(?m)^runai-lines-\w{8} is Running in node pool default with 0\.5 GPU, '
            $said.Output | Should -Match '(?m)^said'
            $said.Output | Should -Match '(?m)^runai-lines-\w{8}: Succeeded, exit code 0, waited 00:00:\d\d, ran 00:00:\d\d, 0\.\d+ GPU hours, mean GPU use \d+ %\. http'
        }

        It 'a request that can never fit is a warning, and with -FailIfUnschedulable ends' {
            $said = Invoke-Shell '-Command', @"
                Import-Module `$env:TEST_MODULE
                `$null = Invoke-RunAiStep never -Image busybox -Command 'true' -Settings @{ GpuDevicesRequest = 16 } -FailIfUnschedulable
"@

            $said.ExitCode | Should -Be 1
            $said.Output | Should -Match 'WARNING: runai-never-\w{8} waits in vain'
            $said.Output | Should -Match '(?m)^runai-never-\w{8} waits \(\w+\), '
            $said.Errors | Should -Match 'can never run: no node that it may run on can hold it'
            $null = Wait-Until -For 'its suspension' { Get-Effect 'runai-never-*' -Kind stopped }
            (Get-RunAiStepRun -StepName never).State | Should -Be 'Failed'
        }
    }

    It 'Submit-RunAiStep warns of a request that can never fit' {
        $run = Submit-RunAiStep hopeless -Image busybox -Command 'true' -Settings @{ GpuDevicesRequest = 16 } -WarningVariable said 3> $null

        "$said" | Should -Match "$($run.WorkloadName) was submitted, but can never run as it is\. In node pool default: asks for 16 GPUs"
        $run | Remove-RunAiWorkload
    }

    Context 'of workloads that RunAi did not create' {
        BeforeAll {
            $own = Submit-RunAiStep owned -Image busybox -Command sleep, 600 -Settings $cpu
            $body = @{
                name = 'foreign'; projectId = '1'; clusterId = (Get-RunAiProject demo).ClusterId
                spec = @{ image = 'busybox'; command = 'sleep'; args = '600'; compute = @{ cpuCoreRequest = 0.1 } }
            }
            $null = Invoke-RunAiRestMethod /api/v1/workloads/trainings -Method Post -Body $body
        }

        It 'Remove-RunAiWorkload asks, and where nobody can answer deletes none of them' {
            $ended = Invoke-Shell '-Command', 'Import-Module $env:TEST_MODULE; Get-RunAiWorkload foreign | Remove-RunAiWorkload'

            $ended.ExitCode | Should -Be 1
            Get-Effect foreign -Kind deleted | Should -BeNullOrEmpty
        }

        It 'Remove-RunAiWorkload deletes its own without a question, and others with -Confirm:$false' {
            $ended = Invoke-Shell '-Command', "Import-Module `$env:TEST_MODULE; Get-RunAiWorkload $($own.WorkloadName) | Remove-RunAiWorkload"
            $ended.Errors | Should -BeNullOrEmpty
            Wait-Until -For 'its deletion' { Get-Effect $own.WorkloadName -Kind deleted } | Should -Not -BeNullOrEmpty

            Remove-RunAiWorkload foreign -Confirm:$false
            Wait-Until -For 'its deletion' { Get-Effect foreign -Kind deleted } | Should -Not -BeNullOrEmpty
        }
    }
}
