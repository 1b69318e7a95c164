# Many steps side by side, and what tells their runs apart.
Describe 'Invoke-RunAiStep -ThrottleLimit' {
    BeforeAll {
        Enter-TestSession $TestDrive
        $cpu = @{ GpuDevicesRequest = 0 }
    }

    AfterAll { Exit-TestSession }

    It 'runs piped steps side by side, no more than asked for, and gives each at its end' {
        $steps = 1..6 | ForEach-Object { New-RunAiStep "wide-$_" -Image busybox -Command sleep, 2 -Settings $cpu -Tag @{ n = $_ } }
        $runs = $steps | Invoke-RunAiStep -ThrottleLimit 3 -InformationVariable lines 6> $null

        $runs | Should -HaveCount 6
        $runs.State | Should -Be (@('Succeeded') * 6)
        $most = $now = 0
        foreach ($effect in Get-Effect 'runai-wide-*') {
            if ($effect.kind -eq 'created') { $now++ }
            if ($effect.phase -eq 'Completed') { $now-- }
            $most = [Math]::Max($most, $now)
        }
        $most | Should -BeIn 2, 3
        $text = $lines.MessageData.Message
        $text | Should -Contain ($text -match '^Step +State +Exit code +Attempts +Time +Workload$')[0]
        foreach ($n in 1..6) {
            @($text -match "^wide-$n +Succeeded +0 +1 +00:00:\d\d +runai-wide-$n-\w{8}$") | Should -HaveCount 1
            @($text -match "^\[wide-$n\] Run ") | Should -HaveCount 1
        }
    }

    It 'lets no failure stop the others, and says at the end which failed' {
        $steps = foreach ($code in 0, 3, 0) { New-RunAiStep "mixed-$code" -Image busybox -Command sh, -c, "exit $code" -Settings $cpu }
        $runs = [System.Collections.ArrayList]::new()
        $failure = Get-Failure { $steps | Invoke-RunAiStep -ThrottleLimit 3 6> $null | ForEach-Object { $null = $runs.Add($_) } }

        $failure.FullyQualifiedErrorId | Should -Match '^RunAi.RunsFailed'
        $failure.Exception.Message | Should -Match '^1 of 3 failed: runai-mixed-3-\w{8} \(exit code 3'
        $failure.Exception.Ended | Should -HaveCount 3
        $runs | Should -HaveCount 3
    }

    It 'ends pwsh with 1 when any failed, with the table in its log' {
        Set-Content "$TestDrive/many.ps1" @'
$ErrorActionPreference = 'Stop'
Import-Module $env:TEST_MODULE
0, 4 | ForEach-Object { New-RunAiStep "shell-$_" -Image busybox -Command sh, -c, "exit $_" -Settings @{ GpuDevicesRequest = 0 } } | Invoke-RunAiStep -ThrottleLimit 2 > $null
'@
        $ended = Invoke-Shell '-File', "$TestDrive/many.ps1"
        $ended.ExitCode | Should -Be 1
        $ended.Output | Should -Match '(?m)^shell-0 +Succeeded +0 '
        $ended.Output | Should -Match '(?m)^shell-4 +Failed +4 '
        $ended.Errors | Should -Match '1 of 2 failed: runai-shell-4-'
    }

    It 'with -ErrorAction Continue writes each failure, and goes on' {
        $steps = foreach ($code in 5, 6) { New-RunAiStep "soft-$code" -Image busybox -Command sh, -c, "exit $code" -Settings $cpu }
        $runs = $steps | Invoke-RunAiStep -ThrottleLimit 2 -ErrorAction SilentlyContinue -ErrorVariable errors 6> $null
        $runs.ExitCode | Sort-Object | Should -Be 5, 6
        @($errors | Where-Object { $_.FullyQualifiedErrorId -like 'RunAi.*' }) | Should -HaveCount 2
    }

    It 'with -RunKey gives each step a key of its own, so that the same line finds all of them' {
        $steps = 1..2 | ForEach-Object { New-RunAiStep "keyed-$_" -Image busybox -Command sh, -c, 'exit 0' -Settings $cpu }
        $first = $steps | Invoke-RunAiStep -ThrottleLimit 2 -RunKey build/9 6> $null
        $again = $steps | Invoke-RunAiStep -ThrottleLimit 2 -RunKey build/9 6> $null
        ($again.RunId | Sort-Object) | Should -Be ($first.RunId | Sort-Object)
        Get-Effect 'runai-keyed-*' -Kind created | Should -HaveCount 2
    }

    It 'a step that is refused leaves the others theirs' {
        $steps = (New-RunAiStep fine -Image busybox -Command sh, -c, 'exit 0' -Settings $cpu),
            (New-RunAiStep lost -Image busybox -Command sh, -c, 'exit 0' -Settings @{ NodePools = 'no-such-pool' })
        $runs = $steps | Invoke-RunAiStep -ThrottleLimit 2 -ErrorAction SilentlyContinue -ErrorVariable errors -InformationVariable lines 6> $null
        $runs.StepName | Should -Be 'fine'
        @($lines.MessageData.Message -match '^lost +Refused .*RunAi\.') | Should -HaveCount 1
    }

    It 'SIGTERM suspends all that run, in five seconds' -Skip:$IsWindows {
        Set-Content "$TestDrive/all.ps1" @'
Import-Module $env:TEST_MODULE
1..3 | ForEach-Object { New-RunAiStep "all-$_" -Image busybox -Command sleep, 600 -Settings @{ GpuDevicesRequest = 0 } } | Invoke-RunAiStep -ThrottleLimit 3
'@
        $shell = Start-Shell '-File', "$TestDrive/all.ps1"
        $null = Wait-Until -For 'all to run' { @(Get-Effect 'runai-all-*' -Phase Running).Count -eq 3 }
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        Send-Signal $shell TERM
        $ended = $shell | Wait-Shell
        $ended.ExitCode | Should -Be 143
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 8
        Get-Effect 'runai-all-*' -Kind stopped | Should -HaveCount 3
        [regex]::Matches($ended.Output, 'WARNING: Stopped: workload').Count | Should -Be 3
    }
}

Describe 'Submit-RunAiStep of piped steps' {
    BeforeAll {
        Enter-TestSession $TestDrive
        $cpu = @{ GpuDevicesRequest = 0 }
    }

    AfterEach { Clear-Fault }
    AfterAll { Exit-TestSession }

    It 'sends up to eight at a time, and gives their runs in order' {
        # One after another they would be created five seconds apart.
        Add-Fault @{ method = 'POST'; path = '/api/v1/workloads/trainings'; kind = 'latency'; milliseconds = 5000 }
        $runs = 1..8 | ForEach-Object { New-RunAiStep "piped-$_" -Image busybox -Command sleep, 600 -Settings $cpu } | Submit-RunAiStep 6> $null

        $runs.StepName | Should -Be (1..8 | ForEach-Object { "piped-$_" })
        $created = Get-Effect 'runai-piped-*' -Kind created
        $created | Should -HaveCount 8
        $times = $created.at | Sort-Object
        ([datetime] $times[-1] - [datetime] $times[0]).TotalSeconds | Should -BeLessThan 20
        $runs | Remove-RunAiWorkload -Confirm:$false
    }

    It 'lets no failure stop the others, and tells it in its place' {
        $steps = 1..12 | ForEach-Object { New-RunAiStep "row-$_" -Image busybox -Command sh, -c, 'exit 0' -Settings $cpu }
        $steps[4].Image = ''
        $all = $steps | Submit-RunAiStep -ErrorAction Continue 2>&1 6> $null

        $all | Should -HaveCount 12
        $all[4].FullyQualifiedErrorId | Should -Match '^RunAi.InvalidStep'
        $all[4].CategoryInfo.TargetName | Should -Be 'Image'
        ($all.Where({ $_.StepName })).StepName | Should -Be ($steps.Name.Where({ $_ -ne 'row-5' }))
    }

    It 'asks for each before it is sent' {
        $runs = 1..3 | ForEach-Object { New-RunAiStep "asked-$_" -Image busybox -Command sh, -c, 'exit 0' -Settings $cpu } | Submit-RunAiStep -WhatIf 6>&1
        @($runs | Where-Object { $_.Tags -contains 'RunAi.Request' }) | Should -HaveCount 3
        Get-Effect 'runai-asked-*' | Should -BeNullOrEmpty
    }

    It 'leaves nothing running that nobody knows of when the pipeline ends before' {
        Set-Content "$TestDrive/first.ps1" @'
Import-Module $env:TEST_MODULE
$steps = 1..12 | ForEach-Object { New-RunAiStep "left-$_" -Image busybox -Command sleep, 600 -Settings @{ GpuDevicesRequest = 0 } }
"kept: $(($steps | Submit-RunAiStep 6> $null | Select-Object -First 1).WorkloadName)"
'@
        $ended = Invoke-Shell '-File', "$TestDrive/first.ps1"
        $ended.ExitCode | Should -Be 0 -Because $ended.Errors
        $kept = [regex]::Match($ended.Output, 'kept: (runai-left-1-\w{8})').Groups[1].Value
        $created = @(Get-Effect 'runai-left-*' -Kind created).name
        $created | Should -Contain $kept
        $created.Count | Should -BeLessThan 12
        $others = @($created -ne $kept)
        $stopped = @((Get-Effect 'runai-left-*' -Kind stopped).name)
        $stopped | Should -Not -Contain $kept
        # On a busy machine five seconds may not be enough for all: then it says which may still run.
        $line = "WARNING: Stopped(: workload '(?<done>[^']+)' is being|, but workload '(?<open>[^']+)' could not be) suspended"
        $said = [regex]::Matches($ended.Output, $line)
        @($said.ForEach({ $_.Groups['done'].Value + $_.Groups['open'].Value }) | Sort-Object) | Should -Be @($others | Sort-Object)
        $open = @($said.ForEach({ $_.Groups['open'].Value }) -ne '')
        $open.Count | Should -BeLessOrEqual ([Math]::Max(0, $others.Count - 1))
        @($others | Where-Object { $_ -notin $open -and $_ -notin $stopped }) | Should -BeNullOrEmpty
    }
}

Describe 'Tags' {
    BeforeAll {
        Enter-TestSession $TestDrive
        $cpu = @{ GpuDevicesRequest = 0 }
    }

    AfterAll { Exit-TestSession }

    It 'come back in lists, and find runs' {
        $null = 1..3 | ForEach-Object {
            Submit-RunAiStep tagged -Image busybox -Command sh, -c, 'exit 0' -Settings $cpu -Tag @{ sweep = 'lr-0.1'; fold = $_; ratio = 0.5 }
        }
        $runs = Get-RunAiStepRun -Tag @{ sweep = 'lr*'; FOLD = 2 }
        $runs | Should -HaveCount 1
        $runs.Tags.fold | Should -Be '2'
        $runs.Tags['Ratio'] | Should -Be '0.5'
        (Get-RunAiStepRun -Tag @{ sweep = 'lr-0.1' } | Sort-Object { [int] $_.Tags.fold }).Tags.fold | Should -Be '1', '2', '3'
        Get-RunAiStepRun -Tag @{ sweep = 'other' } | Should -BeNullOrEmpty
        ($runs | Wait-RunAiWorkload 6> $null).Tags.fold | Should -Be '2'
    }

    It 'are part of a step in a file, and of no request' {
        New-RunAiStep filed -Image busybox -Command sh, -c, 'exit 0' -Settings $cpu -Tag @{ fold = 7 } | Export-RunAiStep "$TestDrive/filed.psd1"
        $run = Import-RunAiStep "$TestDrive/filed.psd1" | Submit-RunAiStep
        $run.Tags.fold | Should -Be '7'
        ConvertTo-Json (Get-RequestBody $run) -Depth 20 | Should -Not -Match 'fold'
    }

    It 'that cannot be kept are refused' {
        $failure = Get-Failure { Submit-RunAiStep refused -Image busybox -Tag @{ a = @(1, 2); secret = '{{vault/key}}' } }
        $failure.FullyQualifiedErrorId | Should -Match 'RunAi.InvalidStep'
        $failure.Exception.Message | Should -Match 'Tag\.a.* A tag has one value'
        $failure.Exception.Message | Should -Match 'Tag\.secret: refers to a secret'
    }
}

Describe 'Waits that end in time' {
    BeforeAll { Enter-TestSession $TestDrive }
    AfterAll { Exit-TestSession }

    It '<_> -Timeout gives what goes on, as it is and without an error' -ForEach 'Wait', 'Resume' {
        $run = Submit-RunAiStep "timed-$_" -Image busybox -Command sleep, 600 -Settings @{ GpuDevicesRequest = 0 }
        $null = Wait-Until -For 'it to run' { Get-Effect $run.WorkloadName -Phase Running }
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $open = if ($_ -eq 'Wait') { $run | Wait-RunAiWorkload -Timeout 2 -ErrorAction Stop 6> $null }
        else { Resume-RunAiStepRun $run -Wait -Timeout 2 -ErrorAction Stop 6> $null }

        $clock.Elapsed.TotalSeconds | Should -BeLessThan 20
        $open.RunId | Should -Be $run.RunId
        $open.State | Should -Be 'Running'
        $open.IsOver | Should -BeFalse
        Get-Effect $run.WorkloadName -Kind stopped | Should -BeNullOrEmpty
        $run | Remove-RunAiWorkload -Confirm:$false
    }

    It 'Wait-RunAiWorkload -Timeout of many gives those that ended and those that go on, each once' {
        $cpu = @{ GpuDevicesRequest = 0 }
        $short = Submit-RunAiStep timed-short -Image busybox -Command sh, -c, 'exit 0' -Settings $cpu
        $long = Submit-RunAiStep timed-long -Image busybox -Command sleep, 600 -Settings $cpu
        $null = Wait-Until -For 'the end of one' { Get-Effect $short.WorkloadName -Phase Completed }
        $both = $short, $long.WorkloadName | Wait-RunAiWorkload -Timeout 5 -ErrorAction Stop 6> $null
        $both | Should -HaveCount 2
        $both[0].State | Should -Be 'Succeeded'
        $both[0].IsOver | Should -BeTrue
        $both[1].Phase | Should -Be 'Running'
        $long | Remove-RunAiWorkload -Confirm:$false
    }

    It 'a run that ends in time comes back as ever' {
        $run = Submit-RunAiStep timed-ok -Image busybox -Command sh, -c, 'exit 0' -Settings @{ GpuDevicesRequest = 0 }
        (Resume-RunAiStepRun $run -Wait -Timeout 2m 6> $null).State | Should -Be 'Succeeded'
    }
}

Describe 'What is shown and where things are kept' {
    BeforeAll { Enter-TestSession $TestDrive }
    AfterAll { Exit-TestSession }

    It '-WhatIf shows no value of the environment that looks like a secret' {
        $environment = @{ HF_TOKEN = 'canary-one'; dbPassword = 'canary-two'; PLAIN = 'hf_canarythree'; TOKENIZER = 'kept-a'; EPOCHS = 'kept-b' }
        $shown = Invoke-Shell '-Command', @"
Import-Module `$env:TEST_MODULE
Submit-RunAiStep masked -Image busybox -Environment @{ $(($environment.Keys | ForEach-Object { "$_ = '$($environment[$_])'" }) -join '; ') } -WhatIf
"@
        $shown.Output | Should -Match 'HF_TOKEN'
        $shown.Output | Should -Match 'kept-a'
        $shown.Output | Should -Match 'kept-b'
        $shown.Output | Should -Match 'looks like a secret'
        $shown.Output | Should -Not -Match 'canary'
    }

    It 'what is masked on the screen is sent as it is' {
        $run = Submit-RunAiStep unmasked -Image busybox -Command sh, -c, 'exit 0' -Environment @{ HF_TOKEN = 'plain-value' } -Settings @{ GpuDevicesRequest = 0 } -Retry @{ UserCode = 1 }
        ((Get-RequestBody $run).spec.environmentVariables | Where-Object name -EQ HF_TOKEN).value | Should -Be 'plain-value'
    }

    It 'RUNAI_CONFIG, RUNAI_STATE and RUNAI_CACHE say where, and a committed runai.json is the whole configuration' {
        Register-TestStack $TestDrive
        $null = New-Item "$TestDrive/repo/src" -ItemType Directory -Force
        Set-Content "$TestDrive/repo/src/a.sh" 'true'
        Export-RunAiStack local -Path "$TestDrive/repo/runai.json"
        $before = Get-Content -Raw "$TestDrive/repo/runai.json"
        $places = @{
            HOME = '/sys'; XDG_CONFIG_HOME = $null; XDG_DATA_HOME = $null; XDG_CACHE_HOME = $null; XDG_STATE_HOME = $null
            RUNAI_CONFIG = "$TestDrive/repo/runai.json"; RUNAI_STATE = "$TestDrive/places/state"; RUNAI_CACHE = "$TestDrive/places/cache"
        }
        $step = "Invoke-RunAiStep committed -Source '$TestDrive/repo/src' -BaseImage scratch -Command sh, a.sh -Settings @{ GpuDevicesRequest = 0 } -Stack local"
        $ended = Invoke-Shell '-Command', "Import-Module `$env:TEST_MODULE; (Get-RunAiStack).Name; ($step 6> `$null).State" -Environment $places

        $ended.Errors | Should -BeNullOrEmpty
        $ended.Output | Should -Match '^local\s+Succeeded$'
        Get-Content -Raw "$TestDrive/repo/runai.json" | Should -BeExactly $before
        Get-ChildItem "$TestDrive/places/state/runs" | Should -HaveCount 1
        Get-ChildItem "$TestDrive/places/cache" -Recurse -File | Should -Not -BeNullOrEmpty
    }
}
