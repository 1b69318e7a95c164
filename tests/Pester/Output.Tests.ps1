BeforeDiscovery {
    $kinds = 'Run', 'Workload', 'Operator', 'Stack', 'Settings', 'Step', 'Artifact', 'Project', 'Node', 'Session'
}

Describe 'Outputs outside the session' {
    BeforeAll {
        Enter-TestSession $TestDrive
        Register-TestStack $TestDrive
        Set-Content "$TestDrive/data.csv" '1,2'
        $run = Invoke-RunAiStep stored -BaseImage scratch -Command sh, -c, 'cp "$0" "$1"', '{{inputs.data}}', '{{outputs.model}}' `
            -Input @{ data = "$TestDrive/data.csv" } -Output model -Settings @{ GpuDevicesRequest = 0 } 6> $null

        # A table comes back as another kind of table, and an enumeration as its number with its name.
        function Get-Text($Value) {
            if ($Value -is [System.Collections.IDictionary]) { "$($Value.Keys)" }
            elseif ($Value.PSObject.TypeNames -contains 'Deserialized.System.Enum') { $Value.Value }
            else { "$Value" }
        }

        $outputs = @{
            'Run' = $run
            'Workload' = $run | Get-RunAiWorkload
            'Operator' = Get-RunAiStepOperator demo
            'Stack' = Get-RunAiStack local
            'Settings' = New-RunAiStepSettings -GpuPortionRequest 0.5 -Toleration (New-RunAiToleration k -Operator Exists)
            'Step' = New-RunAiStep kept -Image busybox -Command echo, 'a b' -Environment @{ A = 'b' }
            'Artifact' = $run.Outputs.model
            'Project' = Get-RunAiProject demo
            'Node' = Get-RunAiNode gpu-1
            'Session' = Connect-RunAi
        }
    }

    AfterAll { Exit-TestSession }

    Context 'as CLIXML' {
        It 'a <_> keeps its properties' -ForEach $kinds {
            $before = $outputs[$_]
            $before | Export-Clixml "$TestDrive/$_.xml"
            $after = Import-Clixml "$TestDrive/$_.xml"

            $after.PSObject.TypeNames[0] | Should -BeExactly "Deserialized.$($before.GetType().FullName)"
            foreach ($property in ($before | Get-Member -MemberType Property).Name) {
                "$property = $(Get-Text $after.$property)" | Should -BeExactly "$property = $(Get-Text $before.$property)"
            }
        }

        It 'no secret is in any of them' {
            foreach ($file in Get-ChildItem "$TestDrive/*.xml") {
                (Get-Content -Raw $file).Contains($env:TEST_SECRET) | Should -BeFalse
            }
        }

        It 'a run that was imported is waited for, its log read and its output saved' {
            $run | Export-Clixml "$TestDrive/run.xml"
            $imported = Import-Clixml "$TestDrive/run.xml"

            ($imported | Wait-RunAiWorkload).Phase | Should -BeExactly 'Completed'
            ($imported | Receive-RunAiStepLog).ForEach({ "$_" }) | Should -Contain 'The command ended with exit code 0.'
            ($imported | Receive-RunAiStep).Name | Should -BeExactly 'model'
            ($imported | Resume-RunAiStepRun).State | Should -Be 'Succeeded'
            Get-Content ($imported.Outputs.model | Save-RunAiArtifact -Destination "$TestDrive/saved") | Should -BeExactly '1,2'
        }
    }

    Context 'as JSON' {
        It 'a <_> is written whole and read again' -ForEach $kinds {
            $before = $outputs[$_]
            $json = $before | ConvertTo-Json -Depth 10 -WarningVariable warned -WarningAction SilentlyContinue
            $after = $json | ConvertFrom-Json

            $warned | Should -BeNullOrEmpty
            $json.Contains($env:TEST_SECRET) | Should -BeFalse
            foreach ($property in ($before | Get-Member -MemberType Property).Name) {
                $after.PSObject.Properties.Name | Should -Contain $property
            }
        }

        It 'a run names its state, its times and its workload' {
            $after = $run | ConvertTo-Json -Depth 10 -EnumsAsStrings | ConvertFrom-Json

            $after.State | Should -BeExactly 'Succeeded'
            $after.WorkloadName | Should -BeExactly $run.WorkloadName
            $after.ExitCode | Should -Be 0
            [datetimeoffset] $after.EndedAt | Should -Be $run.EndedAt
        }

        It 'settings that are read as a table are those of a step' {
            $read = $outputs.Settings.ToDictionary() | ConvertTo-Json -Depth 10 | ConvertFrom-Json -AsHashtable

            $submitted = Submit-RunAiStep settings -Image busybox -Command 'true' -Settings $read

            $spec = (Get-RequestBody $submitted).spec
            $spec.compute.gpuPortionRequest | Should -Be 0.5
            $spec.tolerations.key | Should -BeExactly 'k'
        }

        # The engine reads .NET properties past everything that a module can say of its types, so that a property is either typed or short.
        It 'ConvertTo-Json gives numbers and whole durations for typed properties, whatever type data says: <Name>' -ForEach @(
            @{ Name = 'nothing'; Change = { } }
            @{ Name = 'a property of the same name in the type data'; Change = { Update-TypeData -TypeName $type -MemberType ScriptProperty -MemberName State -Value { 'Two' } } }
            @{ Name = 'how the type is serialised'; Change = { Update-TypeData -TypeName $type -SerializationMethod String } }
            @{ Name = 'how its types are serialised'; Change = { 'Two', 'System.TimeSpan' | ForEach-Object { Update-TypeData -TypeName $_ -SerializationMethod String } } }
            @{ Name = 'a note on the object'; Change = { $object | Add-Member -Force -NotePropertyMembers @{ State = 'Two'; Duration = '00:00:07' } } }
        ) {
            $shell = [powershell]::Create()
            $null = $shell.AddScript({
                param($Change)
                $type = "Typed$([guid]::NewGuid().ToString('N'))"
                Add-Type "public class $type { public System.DayOfWeek State => System.DayOfWeek.Tuesday; public System.TimeSpan Duration => System.TimeSpan.FromSeconds(7); }"
                $object = New-Object $type
                . ([scriptblock]::Create($Change))
                $object | ConvertTo-Json
            }).AddArgument("$Change")
            $read = $shell.Invoke() | ConvertFrom-Json
            $shell.Streams.Error | Should -BeNullOrEmpty
            $shell.Dispose()

            $read.State | Should -Be 2
            $read.Duration.Ticks | Should -Be 70000000
        }

        It 'a run has names and short durations as the documentation writes it, and binds again' {
            $run.State.GetType().FullName | Should -BeExactly 'RunAi.StepRunState'
            $run.Duration | Should -BeOfType 'TimeSpan'

            $json = $run | Select-Object -ExcludeProperty Duration *, @{ n = 'Duration'; e = { "$($_.Duration)" } } | ConvertTo-Json -Depth 5 -EnumsAsStrings
            $after = $json | ConvertFrom-Json

            $after.State | Should -BeExactly 'Succeeded'
            $after.Duration | Should -Match '^00:00:\d\d$'
            [timespan] $after.Duration | Should -Be $run.Duration
            $after.Outputs.model.Uri | Should -BeExactly "$($run.Outputs.model.Uri)"
            ($after | Get-RunAiStepRun).RunId | Should -BeExactly $run.RunId
            ($after | Wait-RunAiWorkload).State | Should -Be 'Succeeded'
        }

        It 'a workload has them too' {
            $workload = $outputs.Workload | Select-Object WorkloadId, Name, Phase, @{ n = 'RunningTime'; e = { "$($_.RunningTime)" } } | ConvertTo-Json | ConvertFrom-Json

            $workload.Phase | Should -BeExactly 'Completed'
            $workload.RunningTime | Should -Match '^00:00:\d\d$'
            ($workload | Get-RunAiWorkload).Name | Should -BeExactly $run.WorkloadName
        }

        It 'a report has names and short durations by itself' {
            $file = $run | Export-RunAiReport -Path "$TestDrive/report.json"

            $json = Get-Content -Raw $file
            ($json | ConvertFrom-Json).runs[0].state | Should -BeExactly 'Succeeded'
            $json | Should -Match '"00:00:\d\d"'
            $json | Should -Not -Match '"ticks"'
        }

        It 'a workload is found by the id that was read' {
            $after = $run | ConvertTo-Json -Depth 10 | ConvertFrom-Json

            ($after | Get-RunAiWorkload).Name | Should -BeExactly $run.WorkloadName
        }
    }
}
