Describe 'A run' {
    BeforeAll {
        Enter-TestSession $TestDrive
        Register-TestStack $TestDrive
        $key = "build-$([guid]::NewGuid().ToString('N'))/train"
        $work = @{
            BaseImage = 'scratch'; Command = 'sh', '-c', 'echo said; echo 42 > "$0"', '{{outputs.answer}}'; Output = 'answer'
            Settings = @{ GpuDevicesRequest = 0 }
        }
        $older = Invoke-RunAiStep named @work 6> $null
        $run = Invoke-RunAiStep named @work -RunKey $key 6> $null
        $other = Submit-RunAiStep single -Image busybox -Command 'true' -Settings @{ GpuDevicesRequest = 0 }

        function Get-Completion([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches }
    }

    AfterAll { Exit-TestSession }

    It 'has its key as a property, also in its record' {
        $run.RunKey | Should -BeExactly $key
        (Get-RunAiStepRun $run.RunId).RunKey | Should -BeExactly $key
        $older.RunKey | Should -BeNullOrEmpty
    }

    Context 'is found by its <_>' -ForEach 'RunId', 'WorkloadName', 'WorkloadId', 'RunKey', 'StepName' {
        BeforeAll { $name = $run.$_ }

        It 'in Get-RunAiStepRun' { (Get-RunAiStepRun $name -First 1).RunId | Should -Contain $run.RunId }
        It 'in Resume-RunAiStepRun' { (Resume-RunAiStepRun $name).RunId | Should -BeExactly $run.RunId }
        It 'in Receive-RunAiStep' { (Receive-RunAiStep $name).Name | Should -BeExactly 'answer' }
        It 'in Receive-RunAiStepLog' { (Receive-RunAiStepLog $name).Text | Should -Contain 'said' }
        It 'in Get-RunAiWorkload' { (Get-RunAiWorkload $name).Name | Should -BeExactly $run.WorkloadName }
        It 'in Get-RunAiWorkloadDiagnosis' { (Get-RunAiWorkloadDiagnosis $name).WorkloadId | Should -BeExactly $run.WorkloadId }
        It 'in Wait-RunAiWorkload' {
            $ended = Wait-RunAiWorkload $name
            if ($_ -in 'WorkloadName', 'WorkloadId') { $ended.WorkloadId | Should -BeExactly $run.WorkloadId }
            else { $ended.RunId | Should -BeExactly $run.RunId }
        }
    }

    It '-RunKey of <_> finds it' -ForEach 'Get-RunAiStepRun', 'Resume-RunAiStepRun', 'Wait-RunAiWorkload' {
        (& $_ -RunKey $key).RunId | Should -BeExactly $run.RunId
    }

    It '-RunKey of Receive-RunAiStepLog finds it, and wildcards of Get-RunAiStepRun' {
        (Receive-RunAiStepLog -RunKey $key).Text | Should -Contain 'said'
        (Get-RunAiStepRun -RunKey 'build-*').RunId | Should -BeExactly $run.RunId
        (Get-RunAiStepRun named -RunKey 'build-*').RunId | Should -BeExactly $run.RunId
    }

    It 'a key that nobody used, and one that identifies nothing, are errors that say so' {
        (Get-Failure { Resume-RunAiStepRun -RunKey never/used }).FullyQualifiedErrorId | Should -BeLike 'RunAi.RunNotFound,*'
        "$(Get-Failure { Resume-RunAiStepRun -RunKey never/used })" | Should -Match "with the key 'never/used' in project 'demo'"
        (Get-Failure { Resume-RunAiStepRun -RunKey '/1' }).FullyQualifiedErrorId | Should -BeLike 'RunAi.InvalidStep,*'
    }

    It 'comes from its workload by the pipeline' {
        (Get-RunAiWorkload $run.WorkloadName | Get-RunAiStepRun).RunId | Should -BeExactly $run.RunId
        (Get-RunAiWorkload $run.WorkloadName | Receive-RunAiStepLog).Text | Should -Contain 'said'
        (Get-RunAiWorkload $run.WorkloadName | Resume-RunAiStepRun).RunId | Should -BeExactly $run.RunId
        ($run | Get-RunAiStepRun).RunId | Should -BeExactly $run.RunId
    }

    It 'is not guessed where it would be changed' {
        $failure = Get-Failure { Remove-RunAiStepRun named -Confirm:$false }
        $failure.FullyQualifiedErrorId | Should -BeLike 'RunAi.RunAmbiguous,*'
        "$failure" | Should -Match $run.RunId
        "$failure" | Should -Match $older.RunId
        (Get-Failure { Stop-RunAiWorkload named -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'RunAi.RunAmbiguous,*'
    }

    It 'the only one of its step is stopped and removed by the step''s name' {
        $null = Wait-RunAiWorkload single
        Remove-RunAiStepRun single -Confirm:$false
        (Get-Failure { Get-RunAiStepRun $other.RunId -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'RunAi.RunNotFound,*'
    }

    It 'a name of nothing is an error that says what names a run' {
        "$(Get-Failure { Receive-RunAiStepLog nothing-such })" | Should -Match "its id, its workload's name, its run key or its step's name"
        (Get-Failure { Get-RunAiWorkload nothing-such -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'RunAi.WorkloadNotFound,*'
        (Get-Failure { Get-RunAiWorkload $null }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError,*'
        (Get-Failure { Get-RunAiStepRun $null }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError,*'
    }

    Context 'that came back through <Name>' -ForEach @(
        @{ Name = 'CLIXML'; Back = { $run | Export-Clixml "$TestDrive/back.xml"; Import-Clixml "$TestDrive/back.xml" } }
        @{ Name = 'CSV'; Back = { $run | ConvertTo-Csv | ConvertFrom-Csv } }
        @{ Name = 'JSON'; Back = { $run | ConvertTo-Json -Depth 5 | ConvertFrom-Json } }
    ) {
        BeforeAll { $again = & $Back }

        It 'is waited for as a run' {
            $ended = $again | Wait-RunAiWorkload
            $ended.GetType().FullName | Should -BeExactly 'RunAi.StepRun'
            $ended.RunId | Should -BeExactly $run.RunId
        }

        It 'is taken by commands on runs' {
            ($again | Get-RunAiStepRun).RunId | Should -BeExactly $run.RunId
            ($again | Resume-RunAiStepRun).RunId | Should -BeExactly $run.RunId
            ($again | Receive-RunAiStepLog).Text | Should -Contain 'said'
            ($again | Receive-RunAiStep).Name | Should -BeExactly 'answer'
        }

        It 'is taken by commands on workloads, and called by its name' {
            ($again | Get-RunAiWorkload).Name | Should -BeExactly $run.WorkloadName
            ($again | Get-RunAiWorkloadDiagnosis).WorkloadId | Should -BeExactly $run.WorkloadId
            $said = Invoke-Shell '-Command', "Import-Module `$env:TEST_MODULE; '$($again.RunId)' | ForEach-Object { [pscustomobject]@{ RunId = `$_ } } | Stop-RunAiWorkload -WhatIf"
            $said.Output | Should -Match "What if: .*""$($run.WorkloadName)"""
        }
    }

    It 'that was taken from the cache is told apart, and waited for at once' {
        $null = Invoke-RunAiStep cached @work -Cache 6> $null
        $cached = Invoke-RunAiStep cached @work -Cache 6> $null

        $cached.IsCached | Should -BeTrue
        ($cached | Wait-RunAiWorkload).RunId | Should -BeExactly $cached.RunId
        "$(Get-Failure { $cached | Stop-RunAiWorkload -ErrorAction Stop })" | Should -Match 'its outputs were taken from an earlier run'
    }

    Context 'is completed' {
        It 'from the beginning of its step by its workload''s name, with a tooltip' {
            $offered = Get-Completion 'Receive-RunAiStepLog nam'
            $offered.CompletionText | Should -Contain $run.WorkloadName
            $offered.Where({ $_.CompletionText -eq $run.WorkloadName }).ToolTip | Should -Match "^named: Succeeded, submitted .*, exit code 0, key .*, run $($run.RunId)$"
        }

        It 'by its id, key and step' {
            (Get-Completion "Resume-RunAiStepRun $($run.RunId.Substring(0, 20))").CompletionText | Should -Contain $run.RunId
            (Get-Completion 'Resume-RunAiStepRun -RunKey build').CompletionText | Should -BeExactly "'$key'"
            (Get-Completion 'Get-RunAiStepRun -StepName nam').CompletionText | Should -BeExactly 'named'
        }
    }
}
