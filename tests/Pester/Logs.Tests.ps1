Describe 'Logs without an artifact store' {
    BeforeAll {
        Enter-TestSession $TestDrive
        $cpu = @{ GpuDevicesRequest = 0 }
        $logs = '/cluster-api/*'

        function Invoke-Hello {
            Invoke-RunAiStep hello -Image busybox -Command echo, hi -Settings $cpu 6> "$TestDrive/said.txt" 3> "$TestDrive/warned.txt"
        }

        # Prints for two seconds, with characters that are cut in messages of one byte.
        function Invoke-Counter {
            Invoke-RunAiStep counter -Image busybox -Settings $cpu -Command sh, -c, 'for i in 1 2 3 4; do echo "zähle $i 🧀"; sleep 0.6; done; printf end' 6> "$TestDrive/said.txt" 3> "$TestDrive/warned.txt"
        }

        $counted = 'zähle 1 🧀', 'zähle 2 🧀', 'zähle 3 🧀', 'zähle 4 🧀', 'end'
    }

    AfterEach { Clear-Fault }
    AfterAll { Exit-TestSession }

    It 'the first step that most people try shows what it says' {
        $run = Invoke-Hello

        $run.State | Should -Be 'Succeeded'
        Get-Content "$TestDrive/said.txt" | Remove-WaitLine | Should -Be 'hi'
        Get-Content -Raw "$TestDrive/warned.txt" | Should -BeNullOrEmpty
    }

    It 'each line comes when it is printed' {
        $times = @{}
        Invoke-RunAiStep live -Image busybox -Command sh, -c, 'echo first; sleep 3; echo last' -Settings $cpu 6>&1 |
            ForEach-Object { $times["$_"] = Get-Date }

        ($times['last'] - $times['first']).TotalSeconds | Should -BeGreaterThan 1.5
    }

    It 'the log is the same with <Name>' -ForEach @(
        @{ Name = 'binary messages'; Rules = @{ kind = 'binary' } }
        @{ Name = 'characters that are cut'; Rules = @{ kind = 'splitText' } }
        @{ Name = 'streams that are cut when they are quiet'; Rules = @{ kind = 'quietCut'; seconds = 0.3 } }
        @{ Name = 'streams that are cut after a while'; Rules = @{ kind = 'streamCut'; seconds = 0.5; count = 3 } }
        @{ Name = 'web pages of a gateway'; Rules = @{ kind = 'html'; count = 2 } }
        @{ Name = 'dropped connections'; Rules = @{ kind = 'drop'; count = 2 } }
        @{ Name = 'a token that is refused'; Rules = @{ kind = 'expiredToken'; count = 1 } }
    ) {
        Add-Fault (@{ method = 'GET'; path = $logs } + $Rules)

        $run = Invoke-Counter

        $run.State | Should -Be 'Succeeded'
        Get-Content "$TestDrive/said.txt" | Remove-WaitLine | Should -Be $counted
        Get-Content -Raw "$TestDrive/warned.txt" | Should -BeNullOrEmpty
    }

    It 'a cluster that is not reached is said once, and the step succeeds' {
        Set-RunAiStepOperator demo -ClusterUrl http://127.0.0.1:1 | Out-Null
        try {
            $run = Invoke-Counter
        }
        finally {
            Set-RunAiStepOperator demo -ClusterUrl '' | Out-Null
        }

        $run.State | Should -Be 'Succeeded'
        $warned = Get-Content -Raw "$TestDrive/warned.txt"
        [regex]::Matches($warned, 'cannot be shown').Count | Should -Be 1
        $warned | Should -Match 'refused the connection'
        $warned | Should -Match 'kubectl logs -n runai-demo'
    }

    It 'Receive-RunAiStepLog reads a run without a store, also by its id, and follows it' {
        $run = Submit-RunAiStep bg -Image busybox -Command sh, -c, 'echo one; sleep 1; echo two' -Settings $cpu

        ($run | Receive-RunAiStepLog -Wait).Text | Should -Be 'one', 'two'
        (Receive-RunAiStepLog $run.RunId -Tail 1).Text | Should -Be 'two'
    }

    It 'Get-RunAiWorkloadLog reads any workload: -Tail, -Timestamps, -Since, -Pod' {
        $run = Submit-RunAiStep any -Image busybox -Command sh, -c, 'echo one; echo two; sleep 1' -Settings $cpu
        $null = $run | Wait-RunAiWorkload

        (Get-RunAiWorkloadLog $run.WorkloadName).Text | Should -Be 'one', 'two'
        (Get-RunAiWorkloadLog $run.WorkloadId -Tail 1).Text | Should -Be 'two'
        $timed = Get-RunAiWorkload $run.WorkloadName | Get-RunAiWorkloadLog -Timestamps
        $timed.Text | Should -Be 'one', 'two'
        $timed[0].Time | Should -BeGreaterThan ([DateTimeOffset]::Now.AddMinutes(-10))
        (Get-RunAiWorkloadLog $run.WorkloadName -Since 10m).Text | Should -Be 'one', 'two'
        Get-RunAiWorkloadLog $run.WorkloadName -Since 0.001s | Should -BeNullOrEmpty
        (Get-RunAiWorkloadLog $run.WorkloadName -Pod "$($run.WorkloadName)-0").Text | Should -Be 'one', 'two'
        { Get-RunAiWorkloadLog $run.WorkloadName -Pod worker-7 -ErrorAction Stop } | Should -Throw -ErrorId 'RunAi.ReplicaNotFound,*'
    }

    It '-Previous reads the instance before' {
        $run = Submit-RunAiStep again -Image busybox -Settings (@{ BackoffLimit = 1 } + $cpu) -Command sh, -c, 'echo $$ $PPID; exit 1'
        $null = $run | Wait-RunAiWorkload -ErrorAction SilentlyContinue

        $last = (Get-RunAiWorkloadLog $run.WorkloadName).Text
        (Get-RunAiWorkloadLog $run.WorkloadName -Previous).Text | Should -Not -Be $last
    }
}
