Describe 'Guards of GPU use' {
    BeforeAll {
        Enter-TestSession $TestDrive
        Register-TestStack $TestDrive
    }

    AfterAll { Exit-TestSession }

    It 'StopWhenIdle stops a run whose GPU does nothing, says so and records it' {
        $settings = @{ GpuPortionRequest = 0.5; StopWhenIdle = @{ Below = 5; For = 3 } }

        $failure = Get-Failure { Invoke-RunAiStep idle -Image busybox -Command sleep, 600 -Settings $settings -ErrorAction Stop 6> $null }

        $failure.FullyQualifiedErrorId | Should -BeLike 'RunAi.WorkloadTimeout,*'
        $failure.Exception.Clock | Should -Be 'StopWhenIdle'
        "$failure" | Should -BeLike '*left its GPUs idle for 00:00:03*Measure-RunAiWorkload runai-idle-*'
        $run = Get-RunAiStepRun -StepName idle
        $run.State | Should -Be 'TimedOut'
        $run.Message | Should -BeLike '*idle for 00:00:03*'
        $run.IdleBelow, $run.IdleFor | Should -Be 5, ([timespan] '00:00:03')
        $null = Wait-Until -For 'its suspension' { Get-Effect $run.WorkloadName -Kind stopped }
    }

    It 'a run whose GPU is busy, or of which nothing is measured, is left alone' {
        $settings = @{ GpuPortionRequest = 0.5; StopWhenIdle = @{ Below = 5; For = 2 } }

        (Invoke-RunAiStep busy -Image busybox -Command sleep, 6 -Settings $settings 6> $null).State | Should -Be 'Succeeded'
        (Invoke-RunAiStep unmeasured -Image busybox -Command sleep, 6 -Settings $settings 6> $null 3> $null).State | Should -Be 'Succeeded'
    }

    It 'MaxGpuHours of the operator ends a run whose budget is used up' {
        Register-TestOperator frugal @{ DefaultSettings = @{ MaxGpuHours = 0.001 } }

        $failure = Get-Failure { Invoke-RunAiStep greedy -StepOperator frugal -Image busybox -Command sleep, 600 -Settings @{ GpuDevicesRequest = 2 } -ErrorAction Stop 6> $null }

        $failure.Exception.Clock | Should -Be 'MaxGpuHours'
        "$failure" | Should -BeLike '*used up its MaxGpuHours: with the GPUs it holds they last for 00:00:01.800*'
        (Get-RunAiStepRun -StepName greedy -StepOperator frugal).MaxGpuHours | Should -Be 0.001
    }

    It 'the step runner keeps MaxGpuHours where nobody waits' {
        $run = Submit-RunAiStep alone -BaseImage scratch -Command sleep, 600 -Settings @{ GpuPortionRequest = 0.5; MaxGpuHours = 0.0003 }
        Wait-Until { (Get-RunAiWorkload $run.WorkloadName).Phase -eq 'Failed' } -For 'its end'

        $ended = Resume-RunAiStepRun $run.RunId
        $ended.State | Should -Be 'TimedOut'
        Get-Effect $run.WorkloadName -Kind stopped | Should -BeNullOrEmpty
    }

    It 'what is no guard is refused before anything is sent' {
        $failure = Get-Failure { Submit-RunAiStep wrong -Image busybox -Command 'true' -Settings @{ MaxGpuHours = 0; StopWhenIdle = @{ Below = 500 } } -ErrorAction Stop }

        "$failure" | Should -BeLike '*StopWhenIdle.Below*500 is no percentage*'
        "$failure" | Should -BeLike '*StopWhenIdle.For*is missing*'
        "$failure" | Should -BeLike '*MaxGpuHours*0 is not a number of GPU hours*'
        (New-RunAiStepSettings -MaxGpuHours 2 -StopWhenIdle @{ below = 5; for = '00:30:00' }).StopWhenIdle.ToString() | Should -Be 'below 5 % for 00:30:00'
    }
}
