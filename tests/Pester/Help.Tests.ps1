BeforeDiscovery {
    # The examples that the doc comments mark for the emulator.
    $commands = Get-ChildItem "$PSScriptRoot/../../src/RunAi.PowerShell/Commands" -Recurse -Filter *.cs
    $examples = foreach ($file in $commands) {
        $text = Get-Content $file -Raw
        foreach ($match in [regex]::Matches($text, '(?s)<code test="emulator">(?<code>[^<]*)</code>\s*///\s*<para>(?<remarks>.*?)</para>')) {
            @{ Command = $file.BaseName; Code = [System.Net.WebUtility]::HtmlDecode($match.Groups['code'].Value); Remarks = $match.Groups['remarks'].Value }
        }
    }
}

Describe 'Help' {
    BeforeAll {
        Import-Module (Get-TestModule)
        $root = Split-Path (Get-TestModule)
        $commands = (Get-Command -Module RunAi).Name
        # PowerShell itself gives no help where a home folder cannot be written to.
        $why = try { $null = Get-Help Get-Item } catch { "$_" }
        $helpOf = @{}
        if (-not $why) { foreach ($name in $commands) { $helpOf[$name] = Get-Help $name -Full } }
    }

    BeforeEach {
        if ($why) { Set-ItResult -Skipped -Because "Get-Help of this PowerShell fails: $why" }
    }

    It 'lies beside the manifest and is valid MAML' {
        $schemas = "$PSHOME/../win/Schemas/PSMaml", "$PSHOME/Schemas/PSMaml" | Where-Object { Test-Path $_ } | Select-Object -First 1
        $settings = [System.Xml.XmlReaderSettings]::new()
        $settings.ValidationType = 'Schema'
        $settings.ValidationFlags = 'ReportValidationWarnings'
        $settings.Schemas.XmlResolver = [System.Xml.XmlUrlResolver]::new()
        $null = $settings.Schemas.Add('http://schemas.microsoft.com/maml/dev/command/2004/10', (Resolve-Path "$schemas/developerCommand.xsd").Path)
        $null = $settings.Schemas.Add('http://schemas.microsoft.com/maml/2004/10', (Resolve-Path "$schemas/Maml.xsd").Path)
        $faults = [System.Collections.Generic.List[string]]::new()
        $settings.add_ValidationEventHandler({ $faults.Add($_.Message) })
        $reader = [System.Xml.XmlReader]::Create("$root/en-US/RunAi.PowerShell.dll-Help.xml", $settings)
        while ($reader.Read()) { }
        $reader.Dispose()

        # What PowerShell reads beyond its schemas: the root with its attribute, and aliases of parameters.
        $faults -notmatch "http://msh:helpItems|attribute 'schema'|'aliases' attribute" | Select-Object -Unique -First 5 | Should -BeNullOrEmpty
    }

    It 'shows synopsis, description, parameters and examples of every command' {
        foreach ($name in $commands) {
            $help = $helpOf[$name]
            $help.Synopsis | Should -Not -Match "^\s*$name" -Because "$name has a synopsis of its own"
            "$($help.description.Text)" | Should -Not -BeNullOrEmpty -Because $name
            @($help.examples.example).Count | Should -BeGreaterOrEqual 2 -Because $name
            @($help.parameters.parameter | Where-Object { -not $_.description.Text }).name | Should -BeNullOrEmpty -Because $name
        }
    }

    It 'has the parameters of the command, and no others' {
        foreach ($name in $commands) {
            $common = [System.Management.Automation.Cmdlet]::CommonParameters
            $expected = (Get-Command $name).Parameters.Keys | Where-Object { $_ -notin $common } | Sort-Object
            @($helpOf[$name].parameters.parameter.name) | Sort-Object | Should -BeExactly $expected -Because $name
        }
    }

    It 'prints examples with title, command and what comes back' {
        $text = Get-Help Wait-RunAiWorkload -Examples | Out-String

        $text | Should -Match 'Example 1: Wait for a run'
        $text | Should -Match ([regex]::Escape('$run | Wait-RunAiWorkload'))
        $text | Should -Match 'The finished run comes back'
    }

    It 'prints unit, range and default of a parameter' {
        $text = Get-Help New-RunAiStepSettings -Parameter GpuPortionRequest | Out-String

        $text | Should -Match 'above 0 and at most 1'
        $text | Should -Match 'Default value\s+1.0'
        (Get-Help Get-RunAiNode -Parameter Status).description.Text | Should -Contain 'Values: Ready, NotReady, Unknown.'
    }

    It 'has a page for -Online of every command' {
        foreach ($name in $commands) {
            @($helpOf[$name].relatedLinks.navigationLink.uri)[0] | Should -BeExactly "$((Get-Module RunAi).ProjectUri)/blob/main/docs/reference/$name.md"
        }
    }

    It 'has the topic <_>' -ForEach 'about_RunAi', 'about_RunAi_Secrets', 'about_RunAi_StepSettings', 'about_RunAi_Runs', 'about_RunAi_Stacks', 'about_RunAi_Pipelines' {
        Get-Help $_ | Out-String | Should -Match "TOPIC\s+$_"
    }

    It 'is found by a word' {
        (Get-Help preempted).Name | Should -Contain 'Invoke-RunAiStep'
    }
}

Describe 'Example' {
    BeforeAll {
        Import-Module (Get-TestModule)
        Set-Content "$TestDrive/seed.json" '{ "timetable": { "creatingSeconds": 0.02, "initializingSeconds": 0.02, "runningSeconds": 0.3, "stoppingSeconds": 0.05, "resumingSeconds": 0.05, "deletingSeconds": 0.05 } }'
        $emulator = Start-RunAiEmulator -Executor simulate -Seed "$TestDrive/seed.json"
        $before = $env:RUNAI_CONFIG, $env:RUNAI_STATE, $env:RUNAI_CACHE
        $env:RUNAI_STATE = "$TestDrive/state"
        $env:RUNAI_CACHE = "$TestDrive/cache"
        $env:EXAMPLE_SECRET = [System.Net.NetworkCredential]::new('', $emulator.ClientSecret).Password
        $env:SYSTEM_STAGEATTEMPT = '1'
        $env:SYSTEM_COLLECTIONURI, $env:SYSTEM_TEAMPROJECT = 'https://dev.azure.com/org/', 'project'

        function Initialize-World {
            $gpu = @{
                RunAiBaseUrl = $emulator.Uri; ProjectName = 'vision'; ClientId = $emulator.ClientId
                ClientSecret = '{{env:EXAMPLE_SECRET}}'; MonitoringInterval = 0.05
            }
            $null = Register-RunAiStepOperator gpu @gpu
            $null = Register-RunAiArtifactStore blobs -Uri "file://$TestDrive/store"
            $null = Register-RunAiContainerRegistry acr -Uri "oci:$TestDrive/images"
            $null = Register-RunAiImageBuilder layers -Flavor Layer
            $null = Register-RunAiStack prod -StepOperator gpu -ArtifactStore blobs -ContainerRegistry acr -ImageBuilder layers
        }

        # What an example finds in the current folder.
        function Initialize-Folder {
            $null = New-Item -ItemType Directory "$TestDrive/work", "$TestDrive/work/data", "$TestDrive/work/src", "$TestDrive/work/steps", "$TestDrive/work/pipelines"
            Set-Content "$TestDrive/work/data/rows.csv", "$TestDrive/work/src/train.py" 'x'
            Set-Location "$TestDrive/work"
            $null = New-RunAiStep train -Image busybox -Command train | Export-RunAiStep ./train.psd1
            $null = New-RunAiStep one -Image busybox -Command train | Export-RunAiStep ./steps
            $null = Export-RunAiStack -Path ./runai.json
            $null = Export-RunAiStack -Path ./pipelines/runai.json
        }
    }

    BeforeEach {
        $env:BUILD_BUILDID = [guid]::NewGuid()
        $env:RUNAI_CONFIG = "$TestDrive/$([guid]::NewGuid()).json"
        Initialize-World
        Remove-Item "$TestDrive/work" -Recurse -ErrorAction Ignore
        Initialize-Folder
        $step = New-RunAiStep train -Image busybox -Command train
        $steps = 1..2 | ForEach-Object { New-RunAiStep "fold$_" -Image busybox -Command train }
    }

    AfterEach { Set-Location $PSScriptRoot }

    AfterAll {
        Stop-RunAiEmulator $emulator
        $env:RUNAI_CONFIG, $env:RUNAI_STATE, $env:RUNAI_CACHE = $before
        Remove-Item Env:EXAMPLE_SECRET, Env:BUILD_BUILDID, Env:SYSTEM_STAGEATTEMPT, Env:SYSTEM_COLLECTIONURI, Env:SYSTEM_TEAMPROJECT
    }

    It 'of <command> runs: <code>' -ForEach $examples {
        if ($code -match '\$run\b' -and $code -notmatch '\$run =' -or $code -match 'runai-train-4g7c2h9k') {
            $run = Submit-RunAiStep train -Image busybox -Command train
            $code = $code.Replace('runai-train-4g7c2h9k', $run.WorkloadName)
        }
        # What an example registers is not registered yet.
        if ($code -match '^Register-RunAi(\w+)') {
            Get-RunAiStack | Unregister-RunAiStack -Confirm:$false
            if ($Matches[1] -ne 'Stack') { & "Get-RunAi$($Matches[1])" | & "Unregister-RunAi$($Matches[1])" -Force -Confirm:$false }
        }

        if ($code -match '^Unregister-RunAi(?!Stack)') { Get-RunAiStack | Unregister-RunAiStack -Confirm:$false }
        if ($code -match 'Export-RunAiStep') { Remove-Item ./train.psd1 }

        $failures = $null
        $result = & ([scriptblock]::Create($code)) 3>$null 4>$null 6>$null -ErrorVariable failures
        $failures | Should -BeNullOrEmpty
        if ($remarks -like 'Nothing comes back.*') { $result | Should -BeNullOrEmpty }
    }
}
