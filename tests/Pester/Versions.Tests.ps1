Describe 'Run:ai <_>' -ForEach '2.20', '2.23', '2.24', '2.25', '3.0' {
    BeforeAll {
        Enter-TestSession $TestDrive
        $emulator = Start-RunAiEmulator -ApiVersion $_
        $env:VERSION_SECRET = [System.Net.NetworkCredential]::new('', $emulator.ClientSecret).Password
        $null = Register-RunAiStepOperator versioned -RunAiBaseUrl $emulator.Uri -ProjectName demo -ClientId $emulator.ClientId `
            -ClientSecret '{{env:VERSION_SECRET}}' -MonitoringInterval 0.1
        $versioned = @{ StepOperator = 'versioned' }
        $cpu = @{ GpuDevicesRequest = 0 }
    }

    AfterAll {
        Disconnect-RunAi
        Stop-RunAiEmulator $emulator
        Remove-Item Env:VERSION_SECRET
        Exit-TestSession
    }

    It 'signs in, runs a step and shows its log' {
        Test-RunAiStepOperator versioned | ForEach-Object Passed | Should -Not -Contain $false

        $run = Invoke-RunAiStep hello -Image busybox -Command echo, hi -Settings $cpu @versioned 6> "$TestDrive/said.txt"

        $run.State | Should -Be 'Succeeded'
        Get-Content "$TestDrive/said.txt" | Remove-WaitLine | Should -Be 'hi'
    }

    It 'suspends, resumes and deletes' {
        $run = Submit-RunAiStep long -Image busybox -Command sh, -c, 'trap : TERM; sleep 30 & wait; sleep 1' -Settings $cpu @versioned
        while ((Get-RunAiWorkload $run.WorkloadName @versioned).Phase -ne 'Running') { Start-Sleep -Milliseconds 50 }

        Stop-RunAiWorkload $run.WorkloadName @versioned
        { $run | Wait-RunAiWorkload @versioned -ErrorAction Stop } | Should -Throw -ErrorId 'RunAi.WorkloadStopped,*'
        Resume-RunAiWorkload $run.WorkloadName @versioned
        Remove-RunAiWorkload $run.WorkloadName @versioned -Confirm:$false
        { $run | Wait-RunAiWorkload @versioned -ErrorAction Stop } | Should -Throw -ErrorId 'RunAi.WorkloadDeleted,*'
    }
}
