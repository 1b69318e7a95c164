Describe 'Initialize-RunAi' {
    BeforeAll {
        Enter-TestSession $TestDrive
        $emulator = Get-TestEmulator
        $commands = Join-Path $TestDrive 'setup.ps1'
    }

    AfterAll { Exit-TestSession }

    It 'sets up everything offline: a stack that is active, passes its checks and runs a step; no secret is shown or kept' {
        Set-Content $commands @"
            `$ErrorActionPreference = 'Stop'
            Import-Module '$(Get-TestModule)'
            Initialize-RunAi offline -Emulator | Format-List Name, IsActive
            (Test-RunAiStack offline -Quiet)
            (Invoke-RunAiStep hello -Image busybox -Command 'true').State
            `$secret = [Net.NetworkCredential]::new('', (Get-RunAiEmulator).ClientSecret).Password
            "kept: `$((Get-Content -Raw `$env:RUNAI_CONFIG).Contains(`$secret))"
            "secret=`$secret"
"@
        $ended = Invoke-Shell '-File', $commands -Environment @{ RUNAI_CONFIG = "$TestDrive/offline.json" }

        $ended.Errors | Should -BeNullOrEmpty
        $ended.Output | Should -Match 'Register-RunAiStack offline'
        $ended.Output | Should -Match 'IsActive\s*:\s*True'
        $ended.Output | Remove-WaitLine | Out-String | Should -Match '(?m)^True\s+Succeeded'
        $ended.Output | Should -Match 'kept: False'
        $ended.Output | Should -Not -Match 'WARNING'
        $secret = [regex]::Match($ended.Output, 'secret=(.+)').Groups[1].Value.Trim()
        $ended.Output.Replace("secret=$secret", '').Contains($secret) | Should -BeFalse
    }

    It 'asks for what is missing' {
        Set-Content $commands @"
            Import-Module '$(Get-TestModule)'
            Initialize-RunAi asked -StepOperator $($emulator.Uri) | Format-List Name, StepOperator, ArtifactStore
            (Get-RunAiStepOperator asked).ProjectName
"@
        $answers = $emulator.ClientId, '{{env:TEST_SECRET}}', 'vison', 'vision', "file:$TestDrive/asked", ''
        $output = $answers | & ([System.Environment]::ProcessPath) "$PSHOME/pwsh.dll" -NoProfile -File $commands 2>&1 | Out-String

        $output | Should -Match 'Project \(.*demo.*\): '
        $output | Should -Match "WARNING: 'vison' is no project that these credentials see\. Did you mean vision\?"
        $output | Should -Match 'StepOperator\s*:\s*asked'
        $output | Should -Match 'ArtifactStore\s*:\s*asked'
        $output | Should -Match '(?m)^vision'
        [regex]::Matches($output, 'WARNING').Count | Should -Be 1
    }

    It 'where nobody can answer: an error with the commands' {
        $ended = Invoke-Shell '-Command', "Import-Module '$(Get-TestModule)'; try { Initialize-RunAi prod } catch { `$_.FullyQualifiedErrorId; `"`$_`" }"

        $ended.Output | Should -Match 'RunAi.InvalidStack,'
        $ended.Output | Should -Match "Register-RunAiStack prod -StepOperator 'URL' -ProjectName 'PROJECT'"
    }

    It '-WhatIf changes nothing and shows the commands' {
        $shown = Initialize-RunAi later -StepOperator $emulator.Uri -ProjectName demo -ClientId me -ClientSecret '{{env:TEST_SECRET}}' -ArtifactStore '' -ContainerRegistry '' -WhatIf 6>&1

        "$shown" | Should -Match 'Register-RunAiStack later'
        Get-RunAiStack | Where-Object Name -eq later | Should -BeNullOrEmpty
        Initialize-RunAi later -Emulator -WhatIf | Should -BeNullOrEmpty
    }
}
