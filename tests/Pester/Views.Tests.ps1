Describe 'What is shown' {
    BeforeAll {
        Enter-TestSession $TestDrive
        Register-TestStack $TestDrive
        $cpu = @{ GpuDevicesRequest = 0 }
        $long = 'x' * 300
        $run = Invoke-RunAiStep shown -BaseImage scratch -Command sh, -c, "echo said; echo $long" -Settings $cpu 6> $null
        $null = Submit-RunAiStep failing -Image busybox -Command sh, -c, 'exit 3' -Settings $cpu | Wait-RunAiWorkload -ErrorAction SilentlyContinue
        $setup = 'Import-Module $env:TEST_MODULE; '
        $escape = [char] 27
    }

    AfterAll { Exit-TestSession }

    Context 'of a run, at <_> columns' -ForEach 80, 120 {
        BeforeAll { $lines = (Get-RunAiStepRun shown | Out-String -Width $_) -split '\r?\n' | Where-Object { $_ } }

        It 'is its step, state, time, duration, exit code and id in one line' {
            $lines | Should -HaveCount 3
            $lines[2] | Should -Match "^shown +Succeeded +\d\d-\d\d \d\d:\d\d +00:00:\d\d +0 $($run.RunId)$"
        }
    }

    It 'durations have no fractions' {
        "$($run.Duration)" | Should -Match '^00:00:\d\d$'
        ($run | ConvertTo-Csv)[1] | Should -Match '"00:00:\d\d"'
    }

    It 'a mixture is tables and short lists, and log lines are one line each' {
        $ended = Invoke-Shell '-Command', ($setup + @'
            Get-RunAiEmulator | Select-Object -First 1
            Get-RunAiStepRun shown
            Get-RunAiWorkload runai-shown-*
            Get-RunAiProject demo
            Get-RunAiNode gpu-1
            Get-RunAiStack local
            Get-RunAiStepOperator demo
            New-RunAiStepSettings -GpuPortionRequest 0.5 -CpuCoreRequest 1
            New-RunAiMount -Pvc data /data
            New-RunAiStep kept -Image busybox -Command echo, hi
            Test-RunAiStack local
            'before the log'
            Get-RunAiStepRun shown | Receive-RunAiStepLog
            'after the log'
'@)
        $ended.Errors | Should -BeNullOrEmpty
        $blocks = $ended.Output -split '(?:\r?\n){2,}' | Where-Object { $_.Trim() }
        $blocks | ForEach-Object { @($_ -split '\r?\n').Count | Should -BeLessOrEqual 14 -Because $_ }
        $lines = $ended.Output -split '\r?\n' | ForEach-Object TrimEnd
        $lines | Should -Contain 'GpuPortionRequest: 0.5'
        $log = $lines[([array]::IndexOf($lines, 'before the log') + 1)..([array]::IndexOf($lines, 'after the log') - 1)]
        $log | Should -Contain 'said'
        -join $log | Should -Match $long
    }

    It 'a log in a file is the lines that were printed' {
        $run | Receive-RunAiStepLog > "$TestDrive/log.txt"

        $written = Get-Content "$TestDrive/log.txt"
        $written | Should -Contain 'said'
        $written | Should -Contain $long
    }

    Context 'in colour' {
        It 'is red for failures and cyan for successes, where the host shows it' {
            $shown = Get-ShellFact ($setup + "`$PSStyle.OutputRendering = 'Ansi'; `$text = Get-RunAiStepRun | Out-String; `$PSStyle.OutputRendering = 'PlainText'; ConvertTo-Json `$text")
            $shown | Should -Match "failing +$escape\[31mFailed$escape\[0m"
            $shown | Should -Match "shown +$escape\[36mSucceeded$escape\[0m"
        }

        It 'is plain under <Name>' -ForEach @(
            @{ Name = 'NO_COLOR'; Environment = @{ NO_COLOR = '1' }; Script = 'Get-RunAiStepRun; Get-RunAiWorkload; Get-RunAiProject | Out-Host' }
            @{ Name = 'a terminal without colours'; Environment = @{ NO_COLOR = $null; TERM = 'dumb' }; Script = 'Get-RunAiStepRun; Get-RunAiWorkload; Get-RunAiProject | Out-Host' }
            @{ Name = 'strict mode in constrained language'; Environment = @{ NO_COLOR = '1' }
                Script = 'Set-StrictMode -Version Latest; $ExecutionContext.SessionState.LanguageMode = ''ConstrainedLanguage''; Get-RunAiStepRun' }
        ) {
            $ended = Invoke-Shell '-Command', ($setup + $Script) -Environment $Environment
            $ended.Output.Contains($escape) | Should -BeFalse
            $ended.Output | Should -Match 'failing +Failed'
            $ended.Output | Should -Match 'shown +Succeeded'
        }
    }

    It 'times are those of this machine' -Skip:$IsWindows {
        $shown = Get-ShellFact ($setup + @'
            $run = Get-RunAiStepRun shown -First 1
            $workload = $run | Get-RunAiWorkload
            $log = $run | Receive-RunAiStepLog | Select-Object -First 1
            $event = $run | Get-RunAiWorkloadEvent -First 1
            $history = $run | Get-RunAiWorkloadHistory -First 1
            @{
                Offsets = @($run.SubmittedAt, $workload.CreatedAt, $event.Time, $history.Time | ForEach-Object { $_.Offset.TotalHours })
                Log = $log.LocalTime.ToString('HH'); Submitted = $run.SubmittedAt.ToString('HH'); Text = "$event"; Event = $event.Time.ToString('HH:mm:ss')
            } | ConvertTo-Json
'@) -Environment @{ TZ = 'Asia/Tokyo' }
        $shown.Offsets | Should -Be 9, 9, 9, 9
        $shown.Text | Should -BeLike "$($shown.Event) *"
    }
}
