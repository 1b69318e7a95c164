Describe 'Streams' {
    BeforeAll {
        Enter-TestSession $TestDrive
        Register-TestStack $TestDrive
        $cpu = @{ GpuDevicesRequest = 0 }
        $null = New-Item "$TestDrive/src" -ItemType Directory
        Set-Content "$TestDrive/src/say.sh" 'echo "to output"; echo "to errors" >&2; exit "$1"' -NoNewline

        function Invoke-Talker {
            Invoke-RunAiStep talker -Source "$TestDrive/src" -BaseImage scratch -Command sh, say.sh, 0 -Settings $cpu -Verbose
        }

        # A control plane in trouble, long enough for a warning.
        function Invoke-Troubled {
            $run = Submit-RunAiStep troubled -Image busybox -Command sleep, 0.5 -Settings @{ GpuDevicesRequest = 0 }
            Add-Fault @{ method = 'GET'; path = '/api/v1/workloads*'; kind = 'html'; count = 4 }
            $run | Wait-RunAiWorkload
        }
    }

    AfterEach { Clear-Fault }
    AfterAll { Exit-TestSession }

    It 'the log of a step goes with 6>, and the run alone down the pipeline' {
        $run = Invoke-Talker 6> "$TestDrive/6.txt" 4> $null

        $run | Should -HaveCount 1
        $run.State | Should -Be 'Succeeded'
        $lines = Get-Content "$TestDrive/6.txt"
        $lines | Should -Contain 'to output'
        $lines | Should -Contain 'to errors'
    }

    It 'verbose messages go with 4>, one for each request, and hold no secret' {
        $null = Invoke-Talker 4> "$TestDrive/4.txt" 6> $null

        $text = Get-Content -Raw "$TestDrive/4.txt"
        $text | Should -Match 'POST /api/v1/workloads/trainings 202'
        $text.Contains($env:TEST_SECRET) | Should -BeFalse
    }

    It 'warnings go with 3>' {
        $run = Invoke-Troubled 3> "$TestDrive/3.txt"

        $run.State | Should -Be 'Succeeded'
        Get-Content -Raw "$TestDrive/3.txt" | Should -Match 'control plane'
    }

    It 'the errors of a piped command go with 2>' {
        $found = 'runai-no-such-1', 'runai-no-such-2' | ForEach-Object { Get-RunAiWorkload $_ -ErrorAction Continue } 2> "$TestDrive/2.txt"

        $found | Should -BeNullOrEmpty
        $text = Get-Content -Raw "$TestDrive/2.txt"
        $text | Should -Match 'runai-no-such-1'
        $text | Should -Match 'runai-no-such-2'
    }

    It 'a failing step in a pipeline gives its error to 2> and its run to the output' {
        $runs = Submit-RunAiStep halting -Image busybox -Command sh, -c, 'exit 9' -Settings @{ GpuDevicesRequest = 0 } |
            Wait-RunAiWorkload -ErrorAction Continue 2> "$TestDrive/2b.txt"

        $runs.State | Should -Be 'Failed'
        $runs.ExitCode | Should -Be 9
        Get-Content -Raw "$TestDrive/2b.txt" | Should -Match 'exit code 9'
    }

    It 'all of them go with *>, and nothing is left for the host' {
        $ended = Invoke-Shell '-Command', @"
            Import-Module `$env:TEST_MODULE
            `$cpu = @{ GpuDevicesRequest = 0 }
            & {
                Invoke-RunAiStep all -Source '$TestDrive/src' -BaseImage scratch -Command sh, say.sh, 0 -Settings `$cpu -Verbose
            } *> '$TestDrive/all.txt'
"@

        $ended.Output | Should -BeNullOrEmpty
        $ended.Errors | Should -BeNullOrEmpty
        $ended.ExitCode | Should -Be 0
        $text = Get-Content -Raw "$TestDrive/all.txt"
        $text | Should -Match 'to output'
        $text | Should -Match 'POST /api/v1/workloads/trainings'
        $text | Should -Match '(all|told) +Succeeded '
    }

    It '-InformationVariable has the log, and $_ the error of a step that fails' {
        $failure = try {
            Invoke-RunAiStep variables -Source "$TestDrive/src" -BaseImage scratch -Command sh, say.sh, 5 -Settings $cpu `
                -InformationVariable said 6> $null
        }
        catch { $_ }

        $said.ForEach({ "$_" }) | Should -Contain 'to output'
        $failure.FullyQualifiedErrorId | Should -BeExactly 'RunAi.WorkloadFailed,RunAi.PowerShell.Commands.InvokeStepCommand'
    }

    It 'a transcript has the log, the warnings, the errors and the run, and no secret' {
        $ended = Invoke-Shell '-Command', @"
            Import-Module `$env:TEST_MODULE
            `$null = Start-Transcript '$TestDrive/transcript.txt'
            `$cpu = @{ GpuDevicesRequest = 0 }
            # The shell keeps a table back for 300 ms, to fit its columns.
            Invoke-RunAiStep told -Source '$TestDrive/src' -BaseImage scratch -Command sh, say.sh, 0 -Settings `$cpu -Verbose | Out-Host
            Get-RunAiWorkload -Phase Runing
            Get-RunAiWorkload runai-absent
            `$null = Stop-Transcript
"@

        $ended.ExitCode | Should -Be 0
        $text = Get-Content -Raw "$TestDrive/transcript.txt"
        $text | Should -Match '(?m)^to output'
        $text | Should -Match '(?m)^VERBOSE: POST /api/v1/workloads/trainings 202'
        $text | Should -Match '(all|told) +Succeeded '
        $text | Should -Match "WARNING: 'Runing' is no phase"
        $text | Should -Match 'runai-absent'
        $text.Contains($env:TEST_SECRET) | Should -BeFalse
    }
}
