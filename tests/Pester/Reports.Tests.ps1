Describe 'Export-RunAiReport' {
    BeforeAll {
        Enter-TestSession $TestDrive
        Register-TestStack $TestDrive
        $gpu = @{ GpuDevicesRequest = 1; GpuPortionRequest = 0.5 }
        $run = Invoke-RunAiStep told -Image busybox -Settings $gpu -Environment @{ TOKEN = 'not-for-readers' } -Command sh, -c, 'echo "<b>hi</b>"; sleep 1' 6> $null
        $failed = Invoke-RunAiStep told -Image busybox -Settings $gpu -Command sh, -c, 'echo about to fail; exit 3' -ErrorAction SilentlyContinue 6> $null
    }

    AfterEach { Clear-Fault }
    AfterAll { Exit-TestSession }

    It 'writes one page with what is known of a run' {
        $file = $run | Export-RunAiReport -Path "$TestDrive/one.html"

        $file.FullName | Should -Be (Get-Item "$TestDrive/one.html").FullName
        $page = Get-Content -Raw $file
        $page | Should -BeLike "*$($run.RunId)*$($run.WorkloadName)*Time line*Use over time*Asked for and used*What was run*End of the log*"
        $page | Should -Match 'class="running"'
        $page | Should -Match 'gpuPortionRequest'
        $page | Should -BeLike '*&lt;b&gt;hi&lt;/b&gt;*'
        $page | Should -Not -BeLike '*not-for-readers*'
        $page | Should -Not -BeLike '*<b>hi*'
        $page | Should -Not -BeLike '*What could not be read*'
    }

    It 'takes a run by its id, names the file by it, and says why the run failed' {
        Push-Location $TestDrive
        try { $file = Export-RunAiReport $failed.RunId }
        finally { Pop-Location }

        $file.Name | Should -Be "runai-report-told-$($failed.RunId.Substring(20)).html"
        Get-Content -Raw $file | Should -BeLike '*Diagnosis*UserCode*exit code 3*about to fail*'
    }

    It 'writes Markdown and JSON, by the name of the file or by -Format' {
        $markdown = Get-Content -Raw ($run, $failed | Export-RunAiReport -Path "$TestDrive/two.md")
        $json = Get-Content -Raw ($run, $failed | Export-RunAiReport -Path "$TestDrive/two.txt" -Format Json) | ConvertFrom-Json

        $markdown | Should -BeLike '*# 2 runs*| State | Succeeded | Failed |*'
        $json.runs.runId | Should -Be $run.RunId, $failed.RunId
        $json.runs[0].attempts[0].phases.phase | Should -Contain 'Running'
        $json.runs[0].log.text | Should -Contain '<b>hi</b>'
        $json.runs[0].metrics.type | Should -Contain 'GPU_UTILIZATION'
        $json.runs[1].diagnosis.cause | Should -Be 'UserCode'
        $json.runs[1].exitCode | Should -Be 3
    }

    It 'shows inputs and outputs with their digests' {
        Set-Content "$TestDrive/data.txt" 'some data'
        $kept = Invoke-RunAiStep kept -BaseImage scratch -Settings @{ GpuDevicesRequest = 0 } -Input @{ data = "$TestDrive/data.txt" } -Output copy `
            -Command sh, -c, 'cp "$0" "$1"', '{{inputs.data}}', '{{outputs.copy}}' 6> $null

        $json = Get-Content -Raw ($kept | Export-RunAiReport -Path "$TestDrive/kept.json") | ConvertFrom-Json

        $json.runs[0].inputs.digest | Should -Match '^sha256:[0-9a-f]{64}$'
        $json.runs[0].outputs.digest | Should -Be $kept.Outputs.copy.Digest
        Get-Content -Raw "$TestDrive/kept.json" | Should -Not -Match 'X-Amz-|[?&]sig='
    }

    It 'a run whose workload was deleted has a report of what is left, and the gaps are named' {
        $gone = Invoke-RunAiStep gone -Image busybox -Settings @{ GpuDevicesRequest = 0 } -Command echo, bye 6> $null
        $gone | Remove-RunAiWorkload -Confirm:$false
        Wait-Until { -not (Get-RunAiWorkload $gone.WorkloadName -ErrorAction SilentlyContinue) } -For 'the removal'

        $page = Get-Content -Raw ($gone | Export-RunAiReport -Path "$TestDrive/gone.html")

        $page | Should -BeLike "*$($gone.RunId)*Time line*What could not be read*"
    }

    It 'a control plane that is not reached leaves the record' {
        Add-Fault @{ method = 'GET'; path = '/api/*'; kind = 'status'; status = 501 }

        $page = Get-Content -Raw ($run.RunId | Export-RunAiReport -Path "$TestDrive/cut.html")

        $page | Should -BeLike "*$($run.RunId)*What could not be read*The phases of workload*"
    }

    It 'a run that is not found is an error of its own' {
        $unknown = '01JD8Z5V0Q4X9T2M7N3K6P1R8S'

        $file = $run.RunId, $unknown | Export-RunAiReport -Path "$TestDrive/rest.html" -ErrorAction SilentlyContinue -ErrorVariable failures

        $failures[0].FullyQualifiedErrorId | Should -BeLike 'RunAi.RunNotFound,*'
        Get-Content -Raw $file | Should -BeLike "*$($run.RunId)*"
    }

    It '-NoClobber, -WhatIf and a file that cannot be written' {
        $file = $run | Export-RunAiReport -Path "$TestDrive/there.html"
        { $run | Export-RunAiReport -Path $file.FullName -NoClobber -ErrorAction Stop } | Should -Throw -ErrorId 'RunAi.ReportNotWritten,*'
        $run | Export-RunAiReport -Path "$TestDrive/never.html" -WhatIf | Should -BeNullOrEmpty
        Test-Path "$TestDrive/never.html" | Should -BeFalse
        { $run | Export-RunAiReport -Path "$($file.FullName)/below.html" -ErrorAction Stop } | Should -Throw -ErrorId 'RunAi.ReportNotWritten,*'
    }

    It '-Show opens the file that was written' -Skip:(-not $IsLinux) {
        $null = New-Item -ItemType Directory "$TestDrive/bin"
        Set-Content "$TestDrive/bin/xdg-open" "#!/bin/sh`necho `"`$1`" > '$TestDrive/opened'"
        chmod +x "$TestDrive/bin/xdg-open"
        $path = $env:PATH
        try {
            $env:PATH = "$TestDrive/bin:$path"
            $file = $run | Export-RunAiReport -Path "$TestDrive/shown.html" -Show
            Wait-Until { Test-Path "$TestDrive/opened" } -For 'the browser'
        }
        finally { $env:PATH = $path }
        Wait-Until { (Get-Content "$TestDrive/opened") -eq $file.FullName } -For 'its address'
    }
}
