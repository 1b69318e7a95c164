Describe 'TabExpansion2' {
    BeforeAll {
        Enter-TestSession $TestDrive
        Register-TestOperator 'gpu-east' @{ ProjectName = 'vision' }
        Register-TestStack $TestDrive
        $null = Connect-RunAi -StepOperator demo
        $run = Submit-RunAiStep complete -Image busybox -Command 'true' -Settings @{ GpuDevicesRequest = 0 } -StepOperator demo

        function Get-Word([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText }

        # Completion does not wait for long: a busy machine is asked again.
        function Get-Offered([string] $Line) { Wait-Until -For "words for '$Line'" { Get-Word $Line } }
    }

    AfterAll { Exit-TestSession }

    It '"<line>" is completed to <words>' -ForEach @(
        @{ Line = 'Invoke-RunAiSt'; Words = 'Invoke-RunAiStep' }
        @{ Line = 'New-RunAiStepSettings -GpuPortionR'; Words = '-GpuPortionRequest' }
        @{ Line = 'New-RunAiStepSettings -GpuRequestType '; Words = 'portion', 'memory' }
        @{ Line = 'New-RunAiStepSettings -Preemptibility p'; Words = 'preemptible' }
        @{ Line = 'New-RunAiStepSettings -ImagePullPolicy I'; Words = 'IfNotPresent' }
        @{ Line = 'Get-RunAiStepOperator g'; Words = 'gpu-east' }
        @{ Line = 'Submit-RunAiStep x -StepOperator d'; Words = 'demo' }
        @{ Line = 'Use-RunAiStack '; Words = 'local' }
        @{ Line = 'Set-RunAiStepOperator demo -ProjectName v'; Words = 'vision' }
        @{ Line = 'Get-RunAiProject -StepOperator demo d'; Words = 'demo' }
        @{ Line = 'Get-RunAiNode -StepOperator demo gpu'; Words = 'gpu-1' }
        @{ Line = 'Get-RunAiWorkload -Phase Ru'; Words = 'Running' }
    ) {
        Get-Offered $line | Should -BeExactly $words
    }

    It 'keys of a table are offered: "<line>" to <words>' -ForEach @(
        @{ Line = 'Submit-RunAiStep x -Image y -Settings @{ GpuPort'; Words = 'GpuPortionLimit', 'GpuPortionRequest' }
        @{ Line = 'Invoke-RunAiStep x -Settings @{ GpuDevicesRequest = 1; CpuMemoryR'; Words = 'CpuMemoryRequest' }
        @{ Line = 'New-RunAiStep x -MasterSettings @{ NodeP'; Words = 'NodePools' }
        @{ Line = 'Register-RunAiStepOperator x -DefaultSettings @{ PriorityC'; Words = 'PriorityClass' }
        @{ Line = 'Invoke-RunAiStep x -Retry @{ Pre'; Words = 'Preempted' }
        @{ Line = 'Invoke-RunAiStep x -Retry @{ Preempted = 3; Max'; Words = 'MaxBackoff' }
        @{ Line = 'New-RunAiStepSettings -Mount @{ ClaimN'; Words = 'ClaimName' }
        @{ Line = 'New-RunAiStepSettings -Toleration @{ Eff'; Words = 'Effect' }
        @{ Line = 'New-RunAiStepSettings -ReadinessProbe @{ InitialD'; Words = 'InitialDelay' }
        @{ Line = 'Submit-RunAiStep x -Settings @{ GpuDevicesRequest = 1; Mount = @{ ClaimN'; Words = 'ClaimName' }
        @{ Line = 'Register-RunAiImageBuilder x -Flavor L'; Words = 'Layer' }
        @{ Line = "Register-RunAiImageBuilder x -Platform 'linux/ar"; Words = "'linux/arm64'" }
    ) {
        Get-Word $line | Should -BeExactly $words
    }

    It 'workloads and runs are offered by their names and ids' {
        Get-Offered 'Get-RunAiWorkload -StepOperator demo runai-comp' | Should -BeExactly $run.WorkloadName
        Get-Offered "Get-RunAiStepRun $($run.RunId.Substring(0, 12))" | Should -Contain $run.RunId
    }

    It 'replicas of the run or workload that is piped are offered' {
        $repl = Submit-RunAiStep repl -Image busybox -Command sleep, 60 -DistributedFramework PyTorch -Workers 2 -Settings @{ GpuDevicesRequest = 0 } -StepOperator demo
        $workload = $repl | Get-RunAiWorkload
        $global:repl, $global:workload = $repl, $workload

        Wait-Until -For 'all pods' { @($repl | Get-RunAiWorkloadPod).Count -eq 3 }
        Get-Offered '$repl | Receive-RunAiStepLog -Replica ' | Should -BeExactly 'master', 'worker-0', 'worker-1'
        Get-Offered '$workload | Get-RunAiWorkloadLog -StepOperator demo -Replica worker-1' | Should -BeExactly 'worker-1'
        Remove-Variable repl, workload -Scope Global
    }

    It 'the properties of a run are offered' {
        Get-Word '$run.WorkloadN' | Should -BeExactly 'WorkloadName'
    }

    It 'nothing is offered, and nothing said, when the control plane does not answer' {
        Disconnect-RunAi
        Register-TestOperator nowhere @{ RunAiBaseUrl = 'http://127.0.0.1:9' }
        $Error.Clear()

        Get-Word 'Get-RunAiProject -StepOperator nowhere v' | Should -BeNullOrEmpty
        $Error | Should -BeNullOrEmpty
    }
}
