Describe 'Watch-RunAiWorkload' {
    BeforeAll {
        Enter-TestSession $TestDrive
        $cpu = @{ GpuDevicesRequest = 0 }
    }

    AfterEach { Clear-Fault }
    AfterAll { Exit-TestSession }

    It 'tells each change of a phase in a line where there is no terminal, and ends with the workloads' {
        $run = Submit-RunAiStep watched -Image busybox -Command sh, -c, 'sleep 2; exit 3' -Settings $cpu
        Add-Fault @{ method = 'GET'; path = '/api/v1/workloads'; kind = 'status'; status = 501; count = 1 }

        $ended = Watch-RunAiWorkload 'runai-watched-*' -Until Ended -Interval 0.2 6> "$TestDrive/watched.txt" 3> $null
        $lines = Get-Content "$TestDrive/watched.txt"

        $lines | Where-Object { $_ -match "^\d\d:\d\d:\d\d $($run.WorkloadName) Running$" } | Should -HaveCount 1
        $ended.Phase | Should -Be 'Failed'
        $lines[-1] | Should -Match "$($run.WorkloadName) Failed: .*exit code 3"
    }
}
