Describe 'The main job' {
    BeforeAll {
        Enter-TestSession $TestDrive
        $emulator = Get-TestEmulator
        $cpu = @{ GpuDevicesRequest = 0 }
        Register-TestOperator nowhere @{ RunAiBaseUrl = 'http://127.0.0.1:9' }
        # It tries on for a while, beside the other tests.
        $unreachable = Start-ThreadJob {
            Import-Module $env:TEST_MODULE
            try { Invoke-RunAiStep refused -Image busybox -Command 'true' -StepOperator nowhere } catch { $_ }
        }
    }

    AfterAll {
        $unreachable | Remove-Job -Force
        Exit-TestSession
    }

    Context 'registered' {
        It 'with references to a secret of a vault, which the configuration keeps in the place of the secret' {
            Set-Secret runai_secret -Secret @{ client_id = $emulator.ClientId; client_secret = Get-TestSecret }
            Register-RunAiStepOperator vault -RunAiBaseUrl $emulator.Uri -ProjectName demo -MonitoringInterval 0.05 `
                -ClientId '{{runai_secret.client_id}}' -ClientSecret '{{runai_secret.client_secret}}'

            (Test-RunAiStepOperator vault).Passed | Should -Not -Contain $false
            $run = Invoke-RunAiStep vaulted -Image busybox -Command 'true' -Settings $cpu -StepOperator vault

            $run.State | Should -Be 'Succeeded'
            $run.StepOperator | Should -BeExactly 'vault'
            $kept = Get-Content -Raw $env:RUNAI_CONFIG
            $kept | Should -Match '{{runai_secret.client_secret}}'
            $kept.Contains((Get-TestSecret)) | Should -BeFalse
        }

        It 'with a credential, which goes into the vault' {
            $credential = [pscredential]::new($emulator.ClientId, $emulator.ClientSecret)
            Register-RunAiStepOperator credential -RunAiBaseUrl $emulator.Uri -ProjectName demo -Credential $credential

            (Get-RunAiStepOperator credential).ClientSecret | Should -BeExactly '{{runai-credential}}'
            Test-RunAiStepOperator credential -Quiet | Should -BeTrue
        }

        It 'with references to the environment' {
            $run = Invoke-RunAiStep environment -Image busybox -Command 'true' -Settings $cpu -StepOperator demo

            $run.State | Should -Be 'Succeeded'
            $run.ExitCode | Should -Be 0
        }

        It 'refuses a secret in clear, and does not repeat it' {
            $failure = Get-Failure {
                Register-RunAiStepOperator clear -RunAiBaseUrl $emulator.Uri -ProjectName demo -ClientId me -ClientSecret hunter2-clear
            }

            $failure.FullyQualifiedErrorId | Should -BeLike 'RunAi.InvalidStepOperator,*.RegisterStepOperatorCommand'
            "$failure $($failure.Exception)" | Should -Not -Match 'hunter2'
            Get-RunAiStepOperator -ErrorAction Stop | Where-Object Name -eq clear | Should -BeNullOrEmpty
        }
    }

    Context 'run' {
        It '<what>, asks for what it was given and succeeds' -ForEach @(
            @{
                What = 'on half a GPU'
                Settings = @{ GpuDevicesRequest = 1; GpuPortionRequest = 0.5 }
                Compute = @{ gpuDevicesRequest = 1; gpuRequestType = 'portion'; gpuPortionRequest = 0.5 }
            }
            @{
                What = 'in GPU memory'
                Settings = @{ GpuRequestType = 'memory'; GpuMemoryRequest = '4G' }
                Compute = @{ gpuDevicesRequest = 1; gpuRequestType = 'memory'; gpuMemoryRequest = '4G'; gpuPortionRequest = $null }
            }
            @{
                What = 'on two GPUs'
                Settings = @{ GpuDevicesRequest = 2 }
                Compute = @{ gpuDevicesRequest = 2; gpuPortionRequest = $null }
            }
            @{
                What = 'on CPUs only'
                Settings = @{ GpuDevicesRequest = 0; CpuCoreRequest = 2; CpuMemoryRequest = '512Mi' }
                Compute = @{ cpuCoreRequest = 2; cpuMemoryRequest = '512Mi'; gpuRequestType = $null; gpuPortionRequest = $null }
            }
        ) {
            $run = Invoke-RunAiStep main -Image busybox -Command sh, -c, 'exit 0' -Settings $settings -StepOperator demo

            $run.State | Should -Be 'Succeeded'
            $run.Phase | Should -BeExactly 'Completed'
            $run.EndedAt | Should -BeGreaterOrEqual $run.StartedAt
            $sent = (Get-RequestBody $run).spec.compute
            foreach ($field in $compute.Keys) { "$field = $($sent.$field)" | Should -BeExactly "$field = $($compute[$field])" }
        }

        It 'shares one GPU between two halves at a time' {
            $half = @{ GpuPortionRequest = 0.5 }
            $runs = 1..2 | ForEach-Object { Submit-RunAiStep "half$_" -Image busybox -Command sleep, 600 -Settings $half -StepOperator demo }
            foreach ($run in $runs) {
                $null = Wait-Until -For "$($run.WorkloadName) to run" { Get-Effect $run.WorkloadName -Phase Running }
            }

            (Get-RunAiNode gpu-1 -StepOperator demo).GpuFree | Should -Be 3
            $runs | Remove-RunAiWorkload -Confirm:$false
        }

        It 'gives phase and exit code of a step that fails' {
            $failure = Get-Failure { Invoke-RunAiStep failing -Image busybox -Command sh, -c, 'exit 3' -Settings $cpu -StepOperator demo }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'RunAi.WorkloadFailed,RunAi.PowerShell.Commands.InvokeStepCommand'
            $failure.CategoryInfo.Category | Should -Be 'OperationStopped'
            $failure.Exception.ExitCode | Should -Be 3
            $failure.Exception.Phase | Should -BeExactly 'Failed'
            "$failure" | Should -Match 'exit code 3'
        }

        It 'asks for nothing with -WhatIf' {
            Submit-RunAiStep unsent -Image busybox -Command 'true' -StepOperator demo -WhatIf | Should -BeNullOrEmpty

            Get-Effect 'runai-unsent-*' | Should -BeNullOrEmpty
        }
    }

    Context 'out of time' {
        It 'while pending: WorkloadTimeout, and the workload is stopped' {
            $tooMany = @{ GpuDevicesRequest = 16; PendingTimeout = 0.5 }
            $failure = Get-Failure { Invoke-RunAiStep waiting -Image busybox -Command 'true' -Settings $tooMany -StepOperator demo }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'RunAi.WorkloadTimeout,RunAi.PowerShell.Commands.InvokeStepCommand'
            $failure.CategoryInfo.Category | Should -Be 'OperationTimeout'
            "$failure" | Should -Match 'PendingTimeout'
            Get-Effect 'runai-waiting-*' -Kind stopped | Should -HaveCount 1
            Get-Effect 'runai-waiting-*' -Phase Running | Should -BeNullOrEmpty
        }

        It 'while running, by <limit>: WorkloadTimeout, and the workload is stopped' -ForEach @(
            @{ Limit = 'WorkloadTimeout' }
            @{ Limit = 'RunTimeout' }
        ) {
            $brief = @{ GpuDevicesRequest = 0; $limit = 1 }
            $failure = Get-Failure { Invoke-RunAiStep "by-$limit" -Image busybox -Command sleep, 600 -Settings $brief -StepOperator demo }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'RunAi.WorkloadTimeout,RunAi.PowerShell.Commands.InvokeStepCommand'
            "$failure" | Should -Match $limit
            Get-Effect "runai-by-$limit-*" -Kind stopped | Should -HaveCount 1
        }

        It 'Wait-RunAiWorkload gives the run and the error' {
            $run = Submit-RunAiStep late -Image busybox -Command sleep, 600 -Settings $cpu -StepOperator demo |
                Wait-RunAiWorkload -WorkloadTimeout 1 -ErrorVariable failures -ErrorAction SilentlyContinue

            $run.State | Should -Be 'TimedOut'
            $failures.FullyQualifiedErrorId | Should -BeExactly 'RunAi.WorkloadTimeout,RunAi.PowerShell.Commands.WaitWorkloadCommand'
            $failures.CategoryInfo.TargetName | Should -Not -BeNullOrEmpty
        }
    }

    Context 'refused' {
        BeforeEach { Disconnect-RunAi }

        It 'for <what>: <errorId>' -ForEach @(
            @{
                What = 'a project that does not exist'
                Change = @{ ProjectName = 'demmo' }
                ErrorId = 'RunAi.ProjectNotFound'
                Category = 'ObjectNotFound'
                Says = "Did you mean 'demo'"
                Next = 'Set-RunAiStepOperator -ProjectName'
            }
            @{
                What = 'a wrong secret'
                Change = @{ ClientSecret = '{{env:TEST_WRONG}}' }
                ErrorId = 'RunAi.AuthenticationFailed'
                Category = 'AuthenticationError'
                Says = '{{env:TEST_WRONG}}'
                Next = 'Test-RunAiStepOperator'
            }
            @{
                What = 'a wrong client id'
                Change = @{ ClientId = 'nobody' }
                ErrorId = 'RunAi.AuthenticationFailed'
                Category = 'AuthenticationError'
                Says = 'nobody'
                Next = 'Test-RunAiStepOperator'
            }
            @{
                What = 'a variable that is not set'
                Change = @{ ClientSecret = '{{env:TEST_NOT_SET}}' }
                ErrorId = 'RunAi.SecretNotFound'
                Category = 'ObjectNotFound'
                Says = 'TEST_NOT_SET'
                Next = 'Set it'
            }
            @{
                What = 'a secret that is in no vault'
                Change = @{ ClientSecret = '{{absent.key}}' }
                ErrorId = 'RunAi.SecretNotFound'
                Category = 'ObjectNotFound'
                Says = 'absent'
                Next = 'Set-Secret'
            }
            @{
                What = 'an address where nobody listens'
                Change = $null
                ErrorId = 'RunAi.ControlPlaneUnreachable'
                Category = 'ConnectionError'
                Says = '127.0.0.1:9'
                Next = 'Test-RunAiStepOperator'
            }
            @{
                What = 'a cluster that does not exist'
                Change = @{ ClusterName = 'elsewhere' }
                ErrorId = 'RunAi.ClusterNotFound'
                Category = 'ObjectNotFound'
                Says = 'elsewhere'
                Next = '-ClusterName'
            }
        ) {
            $env:TEST_WRONG = 'wrong-canary'
            $failure = if ($change) {
                Register-TestOperator wrong $change
                Get-Failure { Invoke-RunAiStep refused -Image busybox -Command 'true' -StepOperator wrong }
            }
            else { $unreachable | Receive-Job -Wait 3> $null }

            $failure.FullyQualifiedErrorId | Should -BeExactly "$errorId,RunAi.PowerShell.Commands.InvokeStepCommand"
            $failure.CategoryInfo.Category | Should -Be $category
            "$failure" | Should -Match ([regex]::Escape($says))
            "$failure $($failure.ErrorDetails.RecommendedAction)" | Should -Match $next -Because 'an error says what to do next'
            "$failure $($failure.Exception)" | Should -Not -Match 'wrong-canary'
            Get-Effect 'runai-refused-*' | Should -BeNullOrEmpty
        }

        It 'for settings that cannot be: RunAi.InvalidStepSettings, each mistake once' {
            $failure = Get-Failure { New-RunAiStepSettings -GpuPortionRequest 1.5 -CpuCoreRequest 0 -CpuMemoryRequest 4Q }

            $failure.FullyQualifiedErrorId | Should -BeExactly 'RunAi.InvalidStepSettings,RunAi.PowerShell.Commands.NewStepSettingsCommand'
            foreach ($field in 'GpuPortionRequest', 'CpuCoreRequest', 'CpuMemoryRequest') { "$failure" | Should -Match "(?m)^${field}: " }
        }
    }
}
