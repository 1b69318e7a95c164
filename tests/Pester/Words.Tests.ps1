Describe 'What commands say' {
    BeforeAll {
        Enter-TestSession $TestDrive
        Register-TestStack $TestDrive
        $cpu = @{ GpuDevicesRequest = 0 }
        $setup = 'Import-Module $env:TEST_MODULE; '

        # The sentences of a text, without layout.
        function Get-Sentence([string] $Text) {
            $plain = $Text -replace "$([char] 27)\[[\d;]*m" -replace '(?m)^\s*\|' -replace '\s+', ' '
            $plain -split '(?<=[.:]) ' | ForEach-Object { $_.Trim().TrimEnd('.', ':') } | Where-Object { $_.Length -gt 25 }
        }
    }

    AfterEach { Clear-Fault }
    AfterAll { Exit-TestSession }

    Context 'of a failure of <Name>' -ForEach @(
        @{ Name = 'a plain image'; Step = "-Image busybox -Command sh, -c, 'exit 3'"; Headline = "failed with exit code 3" }
        @{ Name = 'a step with a runner'; Step = "-BaseImage scratch -Command sh, -c, 'echo lost; exit 3'"; Headline = "Step 'words' failed with exit code 3" }
        @{ Name = 'a program that is not there'; Step = '-BaseImage scratch -Command no-such-program'; Headline = "Step 'words'" }
    ) {
        BeforeAll {
            $said = Invoke-Shell '-Command', ($setup + "`$null = Invoke-RunAiStep words $Step -Settings @{ GpuDevicesRequest = 0 }")
        }

        It 'begins with what happened, and tells the cause and what to do' {
            $said.Errors | Should -Match $Headline
            $said.Errors | Should -Match 'Remedy: '
            $said.Errors | Should -Match 'Cause: '
            $said.Errors | Should -Not -Match 'Recommendation'
        }

        It 'says each sentence once' {
            Get-Sentence $said.Errors | Group-Object | Where-Object Count -gt 1 | ForEach-Object Name | Should -BeNullOrEmpty
            $said.Errors | Should -Not -Match 'Last lines of its log'
        }
    }

    It 'a list of all names is printed once' {
        $failure = Get-Failure { New-RunAiStep words -Image busybox -Settings @{ zzzzzzz = 1; qqqqqqq = 2; CpuMem = '4G' } }

        [regex]::Matches("$failure", 'Known are').Count | Should -Be 1
        "$failure" | Should -Match 'Did you mean CpuMemory'
    }

    It 'a step that never ran is said to hold no GPU' {
        $failure = Get-Failure { Submit-RunAiStep waiting -Image busybox -Command 'true' -Settings @{ GpuDevicesRequest = 5 } | Wait-RunAiWorkload -PendingTimeout 1 -ErrorAction Stop }

        "$failure" | Should -Not -Match 'gives its GPU back'
        "$failure" | Should -Match 'has not run and holds no GPU'
    }

    Context 'with -WhatIf' {
        It 'is a sentence, and the request goes to the information stream' {
            Submit-RunAiStep asked -Image busybox -Command echo, hi -Settings $cpu -WhatIf 6> "$TestDrive/request.txt"
            Get-Content -Raw "$TestDrive/request.txt" | Should -Match '(?s)^POST /api/v1/workloads/trainings.*"name": "runai-asked-'

            $record = Submit-RunAiStep asked -Image busybox -Command echo, hi -Settings $cpu -WhatIf 6>&1
            $record.Tags | Should -Contain 'RunAi.Request'
            ($record.MessageData.Request.Body | ConvertFrom-Json).spec.image | Should -BeExactly 'busybox'
        }

        It 'the host shows both' {
            $ended = Invoke-Shell '-Command', ($setup + 'Submit-RunAiStep asked -Image busybox -Command echo, hi -WhatIf')
            $ended.Output | Should -Match "What if: Submit workload 'runai-asked-\w+' to project 'demo'"
            $ended.Output | Should -Match 'POST /api/v1/workloads/trainings'
        }

        It 'Test-RunAiStep -PassThru gives the request as an object' {
            $request = Test-RunAiStep asked -Image busybox -Command echo, hi -Settings $cpu -PassThru | Select-Object -Last 1

            $request.Method, $request.Path | Should -Be 'POST', '/api/v1/workloads/trainings'
            ($request.Body | ConvertFrom-Json).spec.image | Should -BeExactly 'busybox'
        }
    }

    Context 'of credentials' {
        It 'an emulator from the pipeline is registered and works' {
            $registered = Get-TestEmulator | Register-RunAiStepOperator piped
            $registered.ClientSecret | Should -Match '^\{\{env:RUNAI_EMULATOR_SECRET_\d+\}\}$'
            (Get-RunAiProject demo -StepOperator piped).Name | Should -BeExactly 'demo'
            Unregister-RunAiStepOperator piped -Confirm:$false
        }

        It 'a vault that does not take a secret is an error of ours with the ways out' {
            $ended = Invoke-Shell '-Command', ($setup + @'
                function Set-Secret { param($Name, $Secret, $Vault) throw 'Unable to set secret because no vault was provided.' }
                try { Register-RunAiStepOperator vaulted -RunAiBaseUrl https://org.run.ai -ProjectName a -Credential ([pscredential]::new('id', (ConvertTo-SecureString 'x' -AsPlainText -Force))) }
                catch { $_.FullyQualifiedErrorId; "$_" }
'@)
            $ended.Output | Should -Match '^RunAi\.SecretNotStored,'
            $ended.Output | Should -Match 'Register-SecretVault'
            $ended.Output | Should -Match '\{\{env:NAME\}\}'
        }
    }

    It 'Unregister-RunAiStack tells what it leaves' {
        $null = Register-RunAiStack leaving -StepOperator demo -ArtifactStore "file:$TestDrive/left" -ImageBuilder Layer
        $said = Unregister-RunAiStack leaving -Confirm:$false 6>&1

        "$said" | Should -Match 'Unregister-RunAiArtifactStore leaving; Unregister-RunAiImageBuilder leaving'
        "$said" | Should -Not -Match 'StepOperator demo'
        Unregister-RunAiArtifactStore leaving -Confirm:$false
        Unregister-RunAiImageBuilder leaving -Confirm:$false
    }

    It 'Publish-RunAiStepImage works with the active stack' {
        $null = New-Item "$TestDrive/code" -ItemType Directory
        Set-Content "$TestDrive/code/train.py" 'print(1)'
        (Publish-RunAiStepImage "$TestDrive/code" -BaseImage scratch).Reference | Should -Match ([regex]::Escape("oci:$TestDrive/images"))
        $failure = Get-Failure { Publish-RunAiStepImage "$TestDrive/code" -BaseImage scratch -Stack nowhere }
        $failure.FullyQualifiedErrorId | Should -BeLike 'RunAi.StackNotFound,*'
    }
}
