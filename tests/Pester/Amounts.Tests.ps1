Describe 'Amounts, numbers and times that cannot be meant' {
    Context 'hours of 24 and more, which .NET takes for days' {
        It '<what> is refused with the two ways to write it' -ForEach @(
            @{ What = 'a parameter'; Command = { New-RunAiStepSettings -WorkloadTimeout '24:00:00' } }
            @{ What = 'a setting of a step'; Command = { New-RunAiStep a -Image b -Command c -Settings @{ Deadline = '24:00:00' } } }
            @{ What = 'a retry window'; Command = { New-RunAiStep a -Image b -Command c -Retry @{ Preempted = 1; Window = '24:00:00' } } }
            @{ What = 'an option of a step operator'; Command = {
                    Register-RunAiStepOperator a -RunAiBaseUrl https://b -ProjectName c -ClientId d -ClientSecret '{{e}}' -RunTimeout '24:00:00' } }
            @{ What = 'a wait'; Command = { Wait-RunAiWorkload a -PendingTimeout '24:00:00' } }
        ) {
            $failure = Get-Failure $command

            "$failure" | Should -Match 'would be 24 days' -Because 'a limit must not grow 24-fold'
            "$failure" | Should -Match 'Write 24h or 1\.00:00:00 for 24 hours'
        }

        It 'a step in a file is refused alike' {
            @{ Name = 'a'; Image = 'b'; Command = @('c'); Settings = @{ WorkloadTimeout = '48:00:00' } } | ConvertTo-Json | Set-Content "$TestDrive/step.json"

            "$(Get-Failure { Import-RunAiStep "$TestDrive/step.json" })" | Should -Match '48 days'
        }

        It '<text> is <hours> hours' -ForEach @(
            @{ Text = '24h'; Hours = 24 }, @{ Text = '1d12h'; Hours = 36 }, @{ Text = '15m'; Hours = 0.25 }
            @{ Text = '90s'; Hours = 0.025 }, @{ Text = '1.00:00:00'; Hours = 24 }, @{ Text = '04:00:00'; Hours = 4 }
        ) {
            (New-RunAiStepSettings -WorkloadTimeout $text).WorkloadTimeout.TotalHours | Should -Be $hours
            (New-RunAiStep a -Image b -Command c -Settings @{ WorkloadTimeout = $text }).Settings.WorkloadTimeout.TotalHours | Should -Be $hours
        }
    }

    Context 'memory' {
        It '<amount> is refused with what was probably meant' -ForEach @(
            @{ Amount = '2048m'; Right = '2048M' }, @{ Amount = '3500m'; Right = '3500Mi' }, @{ Amount = '512'; Right = '512Mi' }
        ) {
            "$(Get-Failure { New-RunAiStepSettings -CpuMemoryLimit $amount })" | Should -MatchExactly "CpuMemoryLimit: .*$right"
        }
    }

    Context 'numbers as text, as those of a CSV file are' {
        It 'a comma is never dropped' {
            "$(Get-Failure { New-RunAiStepSettings -GpuPortionRequest '0,5' })" | Should -Match "'0,5' is not a number\. Write it with a point"
            "$(Get-Failure { New-RunAiStepSettings -GpuDevicesRequest '1,000' })" | Should -Match "'1,000' is not a whole number"
            "$(Get-Failure { New-RunAiStep a -Image b -Command c -Settings @{ GpuPortionRequest = '0,5' } })" | Should -Match "'0,5' is not a number"
        }

        It 'half a device is not none' {
            "$(Get-Failure { New-RunAiStepSettings -GpuDevicesRequest 0.5 })" | Should -Match '0\.5 is not a whole number'
        }

        It 'a point is read' {
            (New-RunAiStepSettings -GpuPortionRequest '0.5').GpuPortionRequest | Should -Be 0.5
            (New-RunAiStepSettings -GpuDevicesRequest '2').GpuDevicesRequest | Should -Be 2
        }
    }

    It 'every parameter of a number reads it so' {
        $numbers = [int], [long], [double], [decimal], [float]
        $others = foreach ($command in Get-Command -Module RunAi) {
            foreach ($parameter in $command.Parameters.Values) {
                $type = [Nullable]::GetUnderlyingType($parameter.ParameterType) ?? $parameter.ParameterType
                if ($type -in $numbers -and $parameter.Attributes.TypeId.Name -notcontains 'InvariantNumberAttribute' -and
                    $parameter.Name -notin [System.Management.Automation.Cmdlet]::CommonParameters) {
                    "$command -$($parameter.Name)"
                }
            }
        }

        $others | Should -BeNullOrEmpty
    }
}
