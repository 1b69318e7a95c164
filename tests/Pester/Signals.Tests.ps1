# A process that is told to end, at each stage of a step: what is left on the cluster, how soon, what the log says and how the shell ends.
# With TEST_SIGNALS=FILE the figures are kept there as a table.
BeforeDiscovery {
    $script:Ends = @(
        @{ Signal = 'INT'; Cause = 'Ctrl\+C'; Code = 130 }
        @{ Signal = 'TERM'; Cause = 'SIGTERM'; Code = 143 }
        @{ Signal = 'HUP'; Cause = 'SIGHUP'; Code = 129 }
    )
}

Describe 'Signals' -Skip:$IsWindows {
    BeforeAll {
        Enter-TestSession $TestDrive
        Register-TestStack $TestDrive
        $null = New-Item "$TestDrive/src" -ItemType Directory
        Set-Content "$TestDrive/src/a.sh" 'true'

        # Starts a script in a shell of its own, ends it when it has come to the stage, and waits for its end.
        function Invoke-Ended([string] $Name, [string] $Script, [scriptblock] $At, [string] $Signal) {
            Set-Content "$TestDrive/$Name.ps1" @"
Import-Module `$env:TEST_MODULE
`$cpu = @{ GpuDevicesRequest = 0 }
try { $Script; 'went on' }
finally { Set-Content '$TestDrive/$Name.finally' done }
"@
            $shell = Start-Shell '-File', "$TestDrive/$Name.ps1"
            $null = Wait-Until -For "the stage '$Name'" { $shell.Process.HasExited -or (& $At) }
            if ($shell.Process.HasExited) { throw "It ended before: $($shell.Output.Result) $($shell.Errors.Result)" }
            $sent = [datetimeoffset]::UtcNow
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            Send-Signal $shell $Signal
            $ended = $shell | Wait-Shell
            $ended | Add-Member Seconds $clock.Elapsed.TotalSeconds
            $ended | Add-Member Sent $sent
            $ended.Output | Should -Not -Match 'went on'
            $ended
        }

        # The seconds from the signal until a workload of the step was suspended, and until the process had ended.
        function Measure-End([string] $Stage, [string] $Signal, $Ended, [string] $Second, [string] $Step) {
            if ($env:TEST_SIGNALS) {
                $stop = $Step ? (Get-Effect "runai-$Step-*" -Kind stopped | Select-Object -First 1) : $null
                $suspended = $stop ? '{0:0.0}' -f (([datetimeoffset] $stop.at) - $Ended.Sent).TotalSeconds : '-'
                Add-Content $env:TEST_SIGNALS ('| {0} | {1} | {2} | {3:0.0} | {4} | {5} |' -f $Signal, $Stage, $suspended, $Ended.Seconds, $Ended.ExitCode, $Second)
            }
        }
    }

    AfterEach { Clear-Fault }
    AfterAll { Exit-TestSession }

    Context 'SIG<Signal>' -ForEach $Ends {
        It 'while the image is built: nothing is left' {
            # So much that it takes some seconds, and a registry that says nothing in case it takes less.
            $null = New-Item "$TestDrive/big" -ItemType Directory -Force
            $part = [byte[]]::new(64MB)
            [System.Random]::new(7).NextBytes($part)
            1..4 | ForEach-Object { [System.IO.File]::WriteAllBytes("$TestDrive/big/$_", $part) }
            Set-Content "$TestDrive/big/a.sh" $Signal
            $registry = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
            $registry.Start()
            $temporary = $env:TMPDIR
            try {
                # Its own, since other suites build images meanwhile.
                $env:TMPDIR = (New-Item "$TestDrive/t" -ItemType Directory -Force).FullName
                $address = "127.0.0.1:$($registry.LocalEndpoint.Port)/steps"
                $null = Register-RunAiStack silent -StepOperator demo -ArtifactStore "file:$TestDrive/store" -ContainerRegistry $address `
                    -ImageBuilder Layer -Force
                $began = [datetime]::UtcNow
                $script = "Invoke-RunAiStep sig-build -Source '$TestDrive/big' -BaseImage scratch -Command sh, a.sh -Settings `$cpu -Stack silent"
                $ended = Invoke-Ended "build-$Signal" $script {
                    @(Get-ChildItem $env:RUNAI_CACHE -Recurse -File -ErrorAction Ignore
                        Get-ChildItem $env:TMPDIR -Filter 'runai-*.blob' -ErrorAction Ignore
                    ).Where({ $_.Length -gt 1MB -and $_.LastWriteTimeUtc -gt $began })
                } $Signal
            }
            finally {
                $env:TMPDIR = $temporary
                $registry.Stop()
            }

            $ended.ExitCode | Should -Be $Code
            $ended.Output | Should -Match "WARNING: Step 'sig-build' was ended by $Cause before it was submitted: nothing of it is left on the cluster"
            Get-Effect 'runai-sig-build-*' | Should -BeNullOrEmpty
            Measure-End 'build of the image' $Signal $ended 'builds and submits'
        }

        It 'while the image is pushed: nothing is left, and the next run goes on at once' {
            $registry = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
            $registry.Start()
            try {
                $address = "127.0.0.1:$($registry.LocalEndpoint.Port)/steps"
                $null = Register-RunAiStack silent -StepOperator demo -ArtifactStore "file:$TestDrive/store" -ContainerRegistry $address `
                    -ImageBuilder Layer -Force
                $script = "Invoke-RunAiStep sig-push -Source '$TestDrive/src' -BaseImage scratch -Command sh, a.sh -Settings `$cpu -Stack silent -RunKey push/$Signal"
                $ended = Invoke-Ended "push-$Signal" $script { $registry.Pending() } $Signal
            }
            finally { $registry.Stop() }

            $ended.ExitCode | Should -Be $Code
            $ended.Seconds | Should -BeLessThan 30
            $ended.Output | Should -Match "WARNING: Step 'sig-push' was ended by $Cause before it was submitted: nothing of it is left on the cluster"
            Get-Effect 'runai-sig-push-*' | Should -BeNullOrEmpty
            Measure-End 'push of the image' $Signal $ended 'builds and submits'
        }

        It 'while it submits, before an effect: says that nothing is left, and the same key submits' {
            Add-Fault @{ method = 'POST'; path = '/api/v1/workloads/trainings'; kind = 'latency'; milliseconds = 60000 }
            $step = "sig-submit-$($Signal.ToLowerInvariant())"
            $ended = Invoke-Ended "submit-$Signal" "Invoke-RunAiStep $step -Image busybox -Command echo, hi -Settings `$cpu -RunKey submit/$Signal" { Measure-FaultHit } $Signal

            $ended.ExitCode | Should -Be $Code
            $ended.Output | Should -Match "WARNING: Stopped while workload 'runai-$step-\w{8}' was being submitted.*nothing is left"
            Get-Effect "runai-$step-*" | Should -BeNullOrEmpty
            Clear-Fault
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            $run = Invoke-RunAiStep $step -Image busybox -Command echo, hi -Settings @{ GpuDevicesRequest = 0 } -RunKey "submit/$Signal" 6> $null
            $run.State | Should -Be 'Succeeded'
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 30 -Because 'nobody is waited for'
            Measure-End 'request under way, no effect' $Signal $ended 'submits at once'
        }

        It 'while it submits, with an effect: suspends the workload' {
            Add-Fault @{ method = 'POST'; path = '/api/v1/workloads/trainings'; kind = 'latency'; milliseconds = 60000; when = 'after' }
            $step = "sig-answer-$($Signal.ToLowerInvariant())"
            $ended = Invoke-Ended "answer-$Signal" "Invoke-RunAiStep $step -Image busybox -Command sleep, 600 -Settings `$cpu" { Get-Effect "runai-$step-*" -Phase Running } $Signal

            $ended.ExitCode | Should -Be $Code
            $ended.Output | Should -Match "WARNING: Stopped: workload 'runai-$step-\w{8}' is being suspended"
            Get-Effect "runai-$step-*" -Kind stopped | Should -HaveCount 1
            Measure-End 'request under way, effect' $Signal $ended 'resumes the workload' $step
        }

        It 'while it runs: suspends it in five seconds, says who did, runs finally, and the same key goes on' {
            $step = "sig-run-$($Signal.ToLowerInvariant())"
            $goes = "$TestDrive/$step.goes"
            $command = "Invoke-RunAiStep $step -Image busybox -Command sh, -c, 'until [ -e `"$goes`" ]; do sleep 0.1; done' -Settings @{ GpuPortionRequest = 0.1 } -RunKey run/$Signal"
            $ended = Invoke-Ended "run-$Signal" $command { Get-Effect "runai-$step-*" -Phase Running } $Signal

            $ended.ExitCode | Should -Be $Code
            $ended.Seconds | Should -BeLessThan 30
            $ended.Output | Should -Match "WARNING: Stopped: workload 'runai-$step-\w{8}' is being suspended.*Resume it with: .*The same command with its -RunKey"
            "$TestDrive/run-$Signal.finally" | Should -Exist
            Get-Effect "runai-$step-*" -Kind stopped | Should -HaveCount 1
            (Get-RunAiStepRun -StepName $step).Message | Should -Match "stopped by $Cause of an earlier command"

            Set-Content $goes now
            $run = & ([scriptblock]::Create($command)) 3> $null 6> $null
            $run.State | Should -Be 'Succeeded'
            Get-Effect "runai-$step-*" -Kind created | Should -HaveCount 1
            Measure-End 'running' $Signal $ended 'resumes the workload' $step
        }

        It 'while Wait-RunAiWorkload waits: leaves the workload, and says how to wait again' {
            $run = Submit-RunAiStep "sig-wait-$($Signal.ToLowerInvariant())" -Image busybox -Command sleep, 600 -Settings @{ GpuDevicesRequest = 0 } -StepOperator demo
            $null = Wait-Until -For 'it to run' { Get-Effect $run.WorkloadName -Phase Running }
            $before = @(Get-EmulatorRequest).Count
            $ended = Invoke-Ended "wait-$Signal" "Wait-RunAiWorkload $($run.WorkloadName)" {
                (Get-EmulatorRequest | Select-Object -Skip $before).Where({ $_.path -like '/api/v1/workloads*' })
            } $Signal

            $ended.ExitCode | Should -Be $Code
            $ended.Output | Should -Match "WARNING: The wait was stopped.*: Wait-RunAiWorkload $($run.WorkloadName)"
            Get-Effect $run.WorkloadName -Kind stopped | Should -BeNullOrEmpty
            $run | Remove-RunAiWorkload -Confirm:$false
            Measure-End 'Wait-RunAiWorkload' $Signal $ended 'waits again'
        }
    }

    It 'the end of the parent process suspends the workload' {
        Set-Content "$TestDrive/orphan.ps1" 'Import-Module $env:TEST_MODULE; Invoke-RunAiStep sig-orphan -Image busybox -Command sleep, 600 -Settings @{ GpuDevicesRequest = 0 }'
        # The shell between is the parent, and is killed with a signal that it cannot pass on.
        $words = (Get-ShellCommand) + @('-NoProfile', '-NonInteractive', '-File', "$TestDrive/orphan.ps1")
        $line = ($words | ForEach-Object { "'$_'" }) -join ' '
        $start = [System.Diagnostics.ProcessStartInfo]::new('sh')
        $start.ArgumentList.Add('-c')
        $start.ArgumentList.Add("$line & wait")
        $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $parent = [System.Diagnostics.Process]::Start($start)
        $null = Wait-Until -For 'the workload to run' { Get-Effect 'runai-sig-orphan-*' -Phase Running }
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $parent.Kill()

        $null = Wait-Until -For 'its suspension' { Get-Effect 'runai-sig-orphan-*' -Kind stopped }
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 30
        $run = Wait-Until -For 'the record' { Get-RunAiStepRun -StepName sig-orphan | Where-Object State -EQ Stopped }
        $run.Message | Should -Match 'stopped by the end of its parent process'
    }

    It 'nohup lets it go on when its terminal and its parent are gone' {
        Set-Content "$TestDrive/nohup.ps1" @"
Import-Module `$env:TEST_MODULE
Invoke-RunAiStep sig-nohup -Image busybox -Command sh, -c, 'until test -e $TestDrive/nohup.go; do sleep 1; done' -Settings @{ GpuDevicesRequest = 0 }
"@
        $words = (Get-ShellCommand) + @('-NoProfile', '-NonInteractive', '-File', "$TestDrive/nohup.ps1")
        $line = ($words | ForEach-Object { "'$_'" }) -join ' '
        $start = [System.Diagnostics.ProcessStartInfo]::new('sh')
        $start.ArgumentList.Add('-c')
        $start.ArgumentList.Add("nohup $line > '$TestDrive/nohup.txt' 2>&1 & echo `$!; wait")
        $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $parent = [System.Diagnostics.Process]::Start($start)
        $id = [int] $parent.StandardOutput.ReadLine()
        $null = Wait-Until -For 'the workload to run' { Get-Effect 'runai-sig-nohup-*' -Phase Running }
        $parent.Kill()
        sh -c "kill -HUP $id"
        Set-Content "$TestDrive/nohup.go" 'now'

        $null = Wait-Until -For 'its end' { Get-Effect 'runai-sig-nohup-*' -Phase Completed }
        Get-Effect 'runai-sig-nohup-*' -Kind stopped | Should -BeNullOrEmpty
    }

    It '-OnCancel Leave lets the workload go on and says how to wait for it' {
        $script = 'Invoke-RunAiStep sig-leave -Image busybox -Command sleep, 600 -Settings $cpu -RunKey leave/1 -OnCancel Leave'
        $ended = Invoke-Ended leave $script { Get-Effect 'runai-sig-leave-*' -Phase Running } TERM

        $ended.ExitCode | Should -Be 143
        $ended.Output | Should -Match "Ended by SIGTERM; workload 'runai-sig-leave-\w{8}' goes on. Wait for it with: Resume-RunAiStepRun \w{26} -Wait"
        Get-Effect 'runai-sig-leave-*' -Kind stopped | Should -BeNullOrEmpty
        Get-RunAiStepRun -StepName sig-leave | Remove-RunAiWorkload -Confirm:$false
    }

    It '-OnCancel Delete deletes it, and the same key makes another attempt' {
        $command = "Invoke-RunAiStep sig-delete -Image busybox -Command sh, -c, 'test -e $TestDrive/delete.go || sleep 600' ``
            -Settings @{ GpuDevicesRequest = 0 } -RunKey delete/1 -OnCancel Delete"
        $ended = Invoke-Ended delete $command { Get-Effect 'runai-sig-delete-*' -Phase Running } INT

        $ended.ExitCode | Should -Be 130
        $ended.Output | Should -Match "WARNING: Stopped: workload 'runai-sig-delete-\w{8}' is being deleted"
        $null = Wait-Until -For 'its deletion' { Get-Effect 'runai-sig-delete-*' -Kind deleted }
        (Get-RunAiStepRun -StepName sig-delete).State | Should -Be 'Deleted'

        Set-Content "$TestDrive/delete.go" 'now'
        $run = & ([scriptblock]::Create($command)) 6> $null
        $run.State | Should -Be 'Succeeded'
        $run.Attempt | Should -Be 2
    }

    It 'Resume-RunAiStepRun -Wait -OnCancel <Action> does that with the workload' -ForEach @(
        @{ Action = 'Stop'; Says = 'being suspended'; Effect = 'stopped'; State = 'Stopped' }
        @{ Action = 'Delete'; Says = 'being deleted'; Effect = 'deleted'; State = 'Deleted' }
    ) {
        $step = "sig-own-$($Action.ToLowerInvariant())"
        $run = Submit-RunAiStep $step -Image busybox -Command sleep, 600 -Settings @{ GpuDevicesRequest = 0 }
        $null = Wait-Until -For 'it to run' { Get-Effect $run.WorkloadName -Phase Running }
        $before = @(Get-EmulatorRequest).Count
        $ended = Invoke-Ended $step "Resume-RunAiStepRun $($run.RunId) -Wait -OnCancel $Action" {
            @((Get-EmulatorRequest | Select-Object -Skip $before).Where({ $_.path -like '/api/v1/workloads*' })).Count -ge 2
        } TERM

        $ended.ExitCode | Should -Be 143
        $ended.Output | Should -Match "WARNING: Stopped: workload '$($run.WorkloadName)' is $Says"
        $null = Wait-Until -For 'the effect' { Get-Effect $run.WorkloadName -Kind $Effect }
        (Get-RunAiStepRun $run.RunId).State | Should -Be $State
    }

    It 'SIGTERM while Submit-RunAiStep submits suspends the workload that nobody would know of' {
        Add-Fault @{ method = 'POST'; path = '/api/v1/workloads/trainings'; kind = 'latency'; milliseconds = 60000; when = 'after' }
        $ended = Invoke-Ended submitonly 'Submit-RunAiStep sig-only -Image busybox -Command sleep, 600 -Settings $cpu' { Get-Effect 'runai-sig-only-*' -Phase Running } TERM

        $ended.ExitCode | Should -Be 143
        $ended.Output | Should -Match "WARNING: Stopped: workload 'runai-sig-only-\w{8}' is being suspended"
        Get-Effect 'runai-sig-only-*' -Kind stopped | Should -HaveCount 1
    }

    It 'SIGTERM when no work is guarded ends the shell as ever' {
        Set-Content "$TestDrive/plain.ps1" 'Import-Module $env:TEST_MODULE; Get-RunAiStepRun > $null; Set-Content "$env:PLAIN" here; Start-Sleep 60'
        $shell = Start-Shell '-File', "$TestDrive/plain.ps1" -Environment @{ PLAIN = "$TestDrive/plain.txt" }
        $null = Wait-Until -For 'the script' { Test-Path "$TestDrive/plain.txt" }
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        Send-Signal $shell TERM
        ($shell | Wait-Shell).ExitCode | Should -Be 143
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 30
    }

    Context 'SIGKILL' {
        It 'while it runs: the next run of the key goes on at once, also on another machine' {
            $command = "Invoke-RunAiStep sig-kill -BaseImage scratch -Command sh, -c, 'until test -e $TestDrive/kill.go; do sleep 1; done' -Settings @{ GpuDevicesRequest = 0 } -RunKey kill/1"
            $ended = Invoke-Ended kill $command { Get-Effect 'runai-sig-kill-*' -Phase Running } KILL
            $ended.ExitCode | Should -Be 137
            Set-Content "$TestDrive/kill.go" 'now'

            $other = @{ RUNAI_STATE = "$TestDrive/other-machine" }
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            $again = Get-ShellFact "Import-Module `$env:TEST_MODULE; $command 6> `$null | Select-Object State | ConvertTo-Json -EnumsAsStrings" -Environment $other
            $again.State | Should -Be 'Succeeded'
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 40
            Get-Effect 'runai-sig-kill-*' -Kind created | Should -HaveCount 1
            Measure-End 'running' KILL $ended 'adopts the workload at once, on any machine'
        }

        It 'while it submits: the same machine goes on at once' {
            Add-Fault @{ method = 'POST'; path = '/api/v1/workloads/trainings'; kind = 'latency'; milliseconds = 60000 }
            $command = "Invoke-RunAiStep sig-kill-s -BaseImage scratch -Command sh, -c, true -Settings @{ GpuDevicesRequest = 0 } -RunKey kill/2"
            $ended = Invoke-Ended kill-s $command { Measure-FaultHit } KILL
            Clear-Fault

            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            (& ([scriptblock]::Create($command)) 6> $null).State | Should -Be 'Succeeded'
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 30
            Measure-End 'request under way' KILL $ended ('goes on after {0:0} s' -f $clock.Elapsed.TotalSeconds)
        }

        It 'while it submits: a fresh agent with a later attempt of the same job goes on at once' {
            $job = @{
                SYSTEM_COLLECTIONURI = 'https://dev.azure.com/org/'; SYSTEM_TEAMPROJECTID = 'p'; BUILD_BUILDID = '17'; SYSTEM_STAGENAME = 's'; SYSTEM_PHASENAME = 'j'
                SYSTEM_JOBNAME = 'j'; SYSTEM_STAGEATTEMPT = '1'; SYSTEM_JOBATTEMPT = '1'; RUNAI_STATE = "$TestDrive/agent-1"
            }
            Add-Fault @{ method = 'POST'; path = '/api/v1/workloads/trainings'; kind = 'latency'; milliseconds = 60000 }
            $command = "Invoke-RunAiStep sig-job -BaseImage scratch -Command sh, -c, true -Settings @{ GpuDevicesRequest = 0 } -RunKey job/17"
            $shell = Start-Shell '-Command', "Import-Module `$env:TEST_MODULE; $command" -Environment $job
            $null = Wait-Until -For 'the request' { Measure-FaultHit }
            Send-Signal $shell KILL
            $null = $shell | Wait-Shell
            Clear-Fault

            $job.SYSTEM_JOBATTEMPT = '2'
            $job.RUNAI_STATE = "$TestDrive/agent-2"
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            (Get-ShellFact "Import-Module `$env:TEST_MODULE; $command 6> `$null | Select-Object State | ConvertTo-Json -EnumsAsStrings" -Environment $job).State |
                Should -Be 'Succeeded'
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 30
        }

        It 'while it submits: any other machine says how long it waits and why' {
            Add-Fault @{ method = 'POST'; path = '/api/v1/workloads/trainings'; kind = 'latency'; milliseconds = 60000 }
            $command = "Invoke-RunAiStep sig-far -BaseImage scratch -Command sh, -c, true -Settings @{ GpuDevicesRequest = 0 } -RunKey far/1"
            $null = Invoke-Ended far $command { Measure-FaultHit } KILL
            Clear-Fault

            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            $ended = Invoke-Shell '-Command', "Import-Module `$env:TEST_MODULE; $command > `$null" -Environment @{ RUNAI_STATE = "$TestDrive/far-machine" }
            $seconds = $clock.Elapsed.TotalSeconds
            $ended.ExitCode | Should -Be 0
            $ended.Output | Should -Match 'is just being submitted, or was when its submission died: by process \d+ on .+ has not changed until \d\d:\d\d:\d\d UTC \(in 00:01:'
            $seconds | Should -BeLessThan 150
            Get-Effect 'runai-sig-far-*' -Kind created | Should -HaveCount 1
            Measure-End 'request under way' 'KILL, other machine' ([pscustomobject]@{ Seconds = 0; ExitCode = 137 }) ('says so, goes on after {0:0} s' -f $seconds)
        }
    }
}
