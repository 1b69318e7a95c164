Describe '-Notify' {
    BeforeAll {
        Enter-TestSession $TestDrive
        $cpu = @{ GpuDevicesRequest = 0 }

        # A web hook: keeps the body of each request and answers 200.
        $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $told = [System.Collections.Concurrent.ConcurrentQueue[string]]::new()
        $hook = Start-ThreadJob -ArgumentList $listener, $told {
            param($listener, $told)
            while ($true) {
                $client = $listener.AcceptTcpClient()
                $reader = [System.IO.StreamReader]::new($client.GetStream())
                $length = 0
                while ($line = $reader.ReadLine()) { if ($line -match '^Content-Length: (\d+)') { $length = [int] $Matches[1] } }
                $body = [char[]]::new($length)
                $null = $reader.ReadBlock($body, 0, $length)
                $told.Enqueue([string]::new($body))
                $answer = [System.Text.Encoding]::ASCII.GetBytes("HTTP/1.1 200 OK`r`nContent-Length: 0`r`nConnection: close`r`n`r`n")
                $client.GetStream().Write($answer, 0, $answer.Length)
                $client.Dispose()
            }
        }
        $env:TEST_HOOK = "http://127.0.0.1:$($listener.LocalEndpoint.Port)/hook"

        function Get-Told([string] $RunId) { @($told.ToArray() | ConvertFrom-Json | Where-Object { $_.run.runId -eq $RunId }) }
    }

    AfterAll {
        $listener.Stop()
        Remove-Job $hook -Force
        Remove-Item Env:TEST_HOOK
        Exit-TestSession
    }

    It 'a run that was submitted with a web hook is told of once, by whoever waits' {
        $run = Submit-RunAiStep hooked -Image busybox -Command sh, -c, 'exit 3' -Settings $cpu -Notify '{{env:TEST_HOOK}}'

        $null = Wait-RunAiWorkload $run -ErrorAction SilentlyContinue 6> $null
        $null = $run.RunId | Resume-RunAiStepRun -Wait -ErrorAction SilentlyContinue 6> $null

        $message = Get-Told $run.RunId
        $message | Should -HaveCount 1
        $message[0].event | Should -Be 'runEnded'
        $message[0].run.state | Should -Be 'Failed'
        $message[0].run.exitCode | Should -Be 3
        $message[0].text | Should -BeLike "$($run.WorkloadName): Failed, exit code 3, *"
    }

    It 'an end that only Sync-RunAiStepRun sees is told, too' {
        $run = Submit-RunAiStep synced -Image busybox -Command 'true' -Settings $cpu -Notify '{{env:TEST_HOOK}}'
        Wait-Until { (Get-RunAiWorkload $run.WorkloadName).Phase -eq 'Completed' } -For 'its end'

        $null = Sync-RunAiStepRun

        (Get-Told $run.RunId).run.state | Should -Be 'Succeeded'
    }

    It 'Invoke-RunAiStep tells the web hook and calls the script block with the run' {
        $run = Invoke-RunAiStep both -Image busybox -Command 'true' -Settings $cpu -Notify '{{env:TEST_HOOK}}', { $global:TestNotified = $_, $args[0] } 6> $null

        $global:TestNotified.RunId | Should -Be $run.RunId, $run.RunId
        Remove-Variable TestNotified -Scope Global
        Get-Told $run.RunId | Should -HaveCount 1
    }

    It 'a message that does not arrive is a warning without the address, and the step succeeds' {
        $env:TEST_LOST = 'http://127.0.0.1:1/secret-part'
        try {
            $run = Invoke-RunAiStep lost -Image busybox -Command 'true' -Settings $cpu -Notify '{{env:TEST_LOST}}' -WarningVariable said 3> $null 6> $null
        }
        finally { Remove-Item Env:TEST_LOST }

        $run.State | Should -Be 'Succeeded'
        "$said" | Should -BeLike '*could not be told*{{env:TEST_LOST}} refused the connection*'
        "$said" | Should -Not -BeLike '*secret-part*'
    }

    It 'an address is refused before anything is sent, and not repeated' {
        $failure = Get-Failure { Submit-RunAiStep wrong -Image busybox -Command 'true' -Settings $cpu -Notify 'https://hooks.example/secret-part' -ErrorAction Stop }

        $failure.FullyQualifiedErrorId | Should -BeLike 'RunAi.InvalidNotification,*'
        "$failure $($failure.Exception)" | Should -Not -BeLike '*secret-part*'
        Get-Failure { Submit-RunAiStep wrong -Image busybox -Command 'true' -Settings $cpu -Notify { } -ErrorAction Stop } |
            ForEach-Object FullyQualifiedErrorId | Should -BeLike 'RunAi.InvalidNotification,*'
        Get-RunAiWorkload 'runai-wrong-*' | Should -BeNullOrEmpty
    }
}
