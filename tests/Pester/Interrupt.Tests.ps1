Describe 'Ctrl+C' -Skip:$IsWindows {
    BeforeAll {
        Enter-TestSession $TestDrive
        Register-TestStack $TestDrive
        $null = New-Item "$TestDrive/src" -ItemType Directory
        Set-Content "$TestDrive/src/a.sh" 'true'

        # Starts a script in a shell of its own, presses Ctrl+C when it has come to the stage, and waits for its end.
        function Invoke-Interrupted([string] $Name, [string] $Script, [scriptblock] $At) {
            Set-Content "$TestDrive/$Name.ps1" @"
Import-Module `$env:TEST_MODULE
`$cpu = @{ GpuDevicesRequest = 0 }
try { $Script; 'went on' }
finally { Set-Content '$TestDrive/$Name.finally' done }
"@
            $shell = Start-Shell '-File', "$TestDrive/$Name.ps1"
            $null = Wait-Until -For "the stage '$Name'" { $shell.Process.HasExited -or (& $At) }
            if ($shell.Process.HasExited) { throw "It ended before: $($shell.Output.Result) $($shell.Errors.Result)" }
            Send-Interrupt $shell
            $ended = $shell | Wait-Shell
            $ended.Output | Should -Not -Match 'went on'
            "$TestDrive/$Name.finally" | Should -Exist -Because 'the script was stopped, not killed'
            $ended
        }
    }

    AfterEach { Clear-Fault }
    AfterAll { Exit-TestSession }

    Context 'in Invoke-RunAiStep' {
        It 'while it connects, leaves nothing' {
            Add-Fault @{ method = 'POST'; path = '/api/v?/token'; kind = 'latency'; milliseconds = 60000 }

            $ended = Invoke-Interrupted connecting 'Invoke-RunAiStep at-connect -Image busybox -Settings $cpu' { Measure-FaultHit }

            $ended.Output | Should -Not -Match 'runai-at-connect'
            Get-Effect 'runai-at-connect-*' | Should -BeNullOrEmpty
        }

        It 'while the image is pushed, leaves nothing on the cluster' {
            # A registry that takes the connection and says nothing.
            $registry = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
            $registry.Start()
            try {
                $address = "127.0.0.1:$($registry.LocalEndpoint.Port)/steps"
                $null = Register-RunAiStack silent -StepOperator demo -ArtifactStore "file:$TestDrive/store" -ContainerRegistry $address `
                    -ImageBuilder Layer

                $step = "New-RunAiStep at-push -Source '$TestDrive/src' -BaseImage scratch -Command sh, a.sh -Settings `$cpu"
                $script = "$step | Invoke-RunAiStep -Stack silent"
                $ended = Invoke-Interrupted pushing $script { $registry.Pending() }

                $ended.Output | Should -Not -Match 'runai-at-push'
                Get-Effect 'runai-at-push-*' | Should -BeNullOrEmpty
            }
            finally { $registry.Stop() }
        }

        It 'while it submits, before the request has an effect, says that nothing is left' {
            Add-Fault @{ method = 'POST'; path = '/api/v1/workloads/trainings'; kind = 'latency'; milliseconds = 60000 }

            $ended = Invoke-Interrupted submitting 'Invoke-RunAiStep at-submit -Image busybox -Settings $cpu' { Measure-FaultHit }

            $ended.Output | Should -Match "WARNING: Stopped while workload 'runai-at-submit-\w{8}' was being submitted.*nothing is left"
            Get-Effect 'runai-at-submit-*' | Should -BeNullOrEmpty
        }

        It 'while it submits, when the answer has not come, suspends the workload' {
            Add-Fault @{ method = 'POST'; path = '/api/v1/workloads/trainings'; kind = 'latency'; milliseconds = 60000; when = 'after' }

            $ended = Invoke-Interrupted unanswered 'Invoke-RunAiStep at-answer -Image busybox -Command sleep, 600 -Settings $cpu' {
                Get-Effect 'runai-at-answer-*' -Phase Running
            }

            $ended.Output | Should -Match "WARNING: Stopped: workload 'runai-at-answer-\w{8}' is being suspended"
            Get-Effect 'runai-at-answer-*' -Kind created | Should -HaveCount 1
            Wait-Until -For 'its pods to end' { Get-Effect 'runai-at-answer-*' -Phase Stopped } | Should -HaveCount 1
        }

        It 'while it is pending, suspends the workload' {
            $ended = Invoke-Interrupted pending 'Invoke-RunAiStep at-pending -Image busybox -Settings @{ GpuDevicesRequest = 16 }' {
                Get-Effect 'runai-at-pending-*' -Phase Pending
            }

            $ended.Output | Should -Match "WARNING: Stopped: workload 'runai-at-pending-\w{8}' is being suspended"
            $ended.Output | Should -Match 'Resume it with: Resume-RunAiWorkload runai-at-pending-'
            Wait-Until -For 'its suspension' { Get-Effect 'runai-at-pending-*' -Phase Stopped } | Should -HaveCount 1
            Get-Effect 'runai-at-pending-*' -Phase Running | Should -BeNullOrEmpty
        }

        It 'while it runs, suspends the workload, which can be resumed' {
            $script = 'Invoke-RunAiStep at-running -Image busybox -Command sleep, 600 -Settings @{ GpuPortionRequest = 0.5 }'
            $ended = Invoke-Interrupted running $script {
                Get-Effect 'runai-at-running-*' -Phase Running
            }

            $ended.Output | Should -Match "WARNING: Stopped: workload 'runai-at-running-\w{8}' is being suspended"
            Get-Effect 'runai-at-running-*' -Kind stopped | Should -HaveCount 1
            $null = Wait-Until -For 'its pods to end' { Get-Effect 'runai-at-running-*' -Phase Stopped }
            $workload = Get-RunAiWorkload 'runai-at-running-*' -StepOperator demo
            $workload.Phase | Should -BeExactly 'Stopped'
            $workload | Resume-RunAiWorkload
            $null = Wait-Until -For 'it to run again' { @(Get-Effect 'runai-at-running-*' -Phase Running).Count -ge 2 } -Show {
                Get-Effect 'runai-at-running-*' | Format-List
                Get-RunAiWorkload -StepOperator demo | Format-Table Name, Phase
                $workload | Get-RunAiWorkloadEvent | Format-List
                Get-EmulatorRequest | Select-Object -Last 20 | Format-Table method, path, status
            }
            $workload | Remove-RunAiWorkload -Confirm:$false
        }

        It 'with a run key, is recorded as such; the same key resumes the workload, and -Force replaces it' {
            $script = 'Invoke-RunAiStep at-key -Image busybox -Command sleep, 600 -Settings $cpu -RunKey build/7'
            $null = Invoke-Interrupted keyed $script { Get-Effect 'runai-at-key-*' -Phase Running }
            $run = Get-RunAiStepRun -StepName at-key
            $run.State | Should -Be 'Stopped'
            $run.Message | Should -Match 'stopped by Ctrl\+C of an earlier command on .+ at \d{4}-'
            (Get-RunAiWorkloadDiagnosis $run.WorkloadName).Summary | Should -Match 'stopped by Ctrl\+C'

            $cpu = @{ GpuDevicesRequest = 0 }
            $again = Submit-RunAiStep at-key -Image busybox -Command sleep, 600 -Settings $cpu -RunKey build/7 3> $null
            $again.WorkloadName | Should -BeExactly $run.WorkloadName
            $null = Wait-Until -For 'it to run again' { (Get-RunAiWorkload $run.WorkloadName -StepOperator demo).Phase -eq 'Running' }

            $again | Stop-RunAiWorkload
            $null = Wait-Until -For 'its pods to end' { (Get-RunAiWorkload $run.WorkloadName -StepOperator demo).Phase -eq 'Stopped' }
            $next = Submit-RunAiStep at-key -Image busybox -Command sleep, 600 -Settings $cpu -RunKey build/7 -Force
            $next.Attempt | Should -Be 2
            $next.WorkloadName | Should -Not -Be $run.WorkloadName
            $next | Remove-RunAiWorkload -Confirm:$false
        }

        It 'while its log is shown, suspends the workload, and the run can be gone on with' {
            $step = "Invoke-RunAiStep at-log -BaseImage scratch -Command sh, -c, 'echo is here; exec sleep 600' -Settings `$cpu"
            $script = "$step 6> '$TestDrive/at-log.txt'"
            $ended = Invoke-Interrupted logging $script {
                (Test-Path "$TestDrive/at-log.txt") -and (Get-Content -Raw "$TestDrive/at-log.txt") -match 'is here'
            }

            $ended.Output | Should -Match "WARNING: Stopped: workload 'runai-at-log-\w{8}' is being suspended"
            $null = Wait-Until -For 'its pods to end' { Get-Effect 'runai-at-log-*' -Phase Stopped }
            (Get-RunAiStepRun -StepName at-log).WorkloadName | Should -BeLike 'runai-at-log-*'
        }
    }

    It 'in Wait-RunAiWorkload leaves the workload as it is, and says how to wait again' {
        $run = Submit-RunAiStep awaited -Image busybox -Command sleep, 600 -Settings @{ GpuPortionRequest = 0.5 } -StepOperator demo
        $null = Wait-Until -For 'it to run' { Get-Effect $run.WorkloadName -Phase Running }
        $before = @(Get-EmulatorRequest).Count

        $ended = Invoke-Interrupted waiting "Wait-RunAiWorkload $($run.WorkloadName)" {
            (Get-EmulatorRequest | Select-Object -Skip $before).Where({ $_.path -like '/api/v1/workloads*' })
        }

        $ended.Output | Should -Match "WARNING: The wait was stopped; the workloads go on.*: Wait-RunAiWorkload $($run.WorkloadName)"
        ($run | Get-RunAiWorkload).Phase | Should -BeExactly 'Running'
        Get-Effect $run.WorkloadName -Kind stopped | Should -BeNullOrEmpty
        Get-Effect $run.WorkloadName -Kind deleted | Should -BeNullOrEmpty
        $run | Remove-RunAiWorkload -Confirm:$false
    }
}
