# The sample runbooks, each in a fresh process as Azure Automation starts them: no vault, a HOME that cannot be written to,
# and the cmdlets of Automation, for which functions stand in. The store is all that the processes share.
Describe 'Runbooks' -Skip:(-not $IsLinux) {
    BeforeAll {
        Enter-TestSession $TestDrive
        $script:Samples = (Resolve-Path "$PSScriptRoot/../../samples/runbooks").Path
        $script:Store = "file:$TestDrive/store"
        $script:Emulator = Get-TestEmulator
        $script:Secret = Get-TestSecret

        # Runs a runbook to its end. Nobody, not even root, can write to its HOME. The job's id, and what it starts, are the stand-ins'.
        function Invoke-Runbook([string] $Name, [hashtable] $Parameter, [string] $JobId) {
            $temp = (New-Item "$TestDrive/temp-$([guid]::NewGuid())" -ItemType Directory).FullName
            $given = ConvertTo-Json $Parameter -Compress
            Set-Content "$temp/job.ps1" @'
$PSPrivateMetadata = @{ JobId = [guid] $env:TEST_JOB }
function Get-AutomationConnection([string] $Name) {
    if ($Name -ne 'RunAi') { throw "There is no connection '$Name'." }
    @{ ControlPlaneUrl = $env:TEST_URL; ProjectName = 'demo'; ClientId = $env:TEST_CLIENT; ClientSecret = $env:TEST_SECRET }
}
function Start-AutomationRunbook([string] $Name, $Parameters) { Write-Output "started $Name for $($Parameters.RunId)" | Set-Content $env:TEST_STARTED }
$parameters = $env:TEST_PARAMETERS | ConvertFrom-Json -AsHashtable
. $env:TEST_RUNBOOK @parameters
'@
            $environment = @{
                HOME = '/sys'; XDG_CONFIG_HOME = $null; XDG_DATA_HOME = $null; XDG_CACHE_HOME = $null
                RUNAI_CONFIG = $null; RUNAI_STATE = $null; RUNAI_CACHE = $null; TMPDIR = $temp; TEST_SECRET = $script:Secret
                PSModulePath = (Split-Path (Split-Path (Split-Path (Get-TestModule))))
                TEST_JOB = $JobId; TEST_URL = $script:Emulator.Uri; TEST_CLIENT = $script:Emulator.ClientId
                TEST_PARAMETERS = $given; TEST_RUNBOOK = "$script:Samples/$Name.ps1"; TEST_STARTED = "$temp/started"
            }
            $ended = Start-Shell '-File', "$temp/job.ps1" -Environment $environment | Wait-Shell
            $files = Get-ChildItem $temp -Recurse -File
            $started = if (Test-Path "$temp/started") { Get-Content "$temp/started" }
            [pscustomobject]@{
                ExitCode = $ended.ExitCode; Output = $ended.Output; Errors = $ended.Errors; Started = $started
                Leaks = @($files | Where-Object { (Get-Content -Raw $_.FullName) -match [regex]::Escape($script:Secret) })
            }
        }

        function Start-Step([string] $Name, [string[]] $Command, [string] $JobId = [guid]::NewGuid()) {
            $settings = '{ "GpuDevicesRequest": 0 }'
            $parameter = @{ StepName = $Name; Image = 'busybox'; Command = $Command; Settings = $settings; ArtifactStore = $script:Store }
            $job = Invoke-Runbook start $parameter $JobId
            $job.ExitCode | Should -Be 0 -Because $job.Errors
            $job.Leaks | Should -BeNullOrEmpty
            $job.Output | Should -Not -Match ([regex]::Escape($script:Secret))
            if ($job.Output -notmatch 'RunId=(\w{26})\s*$') { throw "It gave no run id: $($job.Output)" }
            $Matches[1]
        }

        function Receive-Step([string] $RunId, [hashtable] $Change = @{}) {
            $parameter = @{ RunId = $RunId; ArtifactStore = $script:Store; WaitSeconds = 120 }
            foreach ($key in $Change.Keys) { $parameter[$key] = $Change[$key] }
            Invoke-Runbook collect $parameter ([guid]::NewGuid())
        }
    }

    AfterAll { Exit-TestSession }

    It 'start and collect a step, each in a process of its own' {
        $runId = Start-Step book-good sh, -c, 'exit 0'

        $job = Receive-Step $runId

        $job.ExitCode | Should -Be 0 -Because $job.Errors
        $job.Output | Should -Match "ExitCode=0[\s\S]*RunId=$runId\s+State=Succeeded\s*$"
        $job.Leaks | Should -BeNullOrEmpty
    }

    It 'submit nothing twice when Automation starts one again from the beginning' {
        $jobId = [guid]::NewGuid()

        $first = Start-Step book-again sh, -c, 'exit 0' $jobId
        $second = Start-Step book-again sh, -c, 'exit 0' $jobId

        $second | Should -Be $first
        Get-Effect 'runai-book-again-*' -Kind created | Should -HaveCount 1
    }

    It 'go on waiting in another job when the time of one is over, and leave the workload alone' {
        $runId = Start-Step book-long sleep, 600

        $job = Receive-Step $runId @{ WaitSeconds = 2; Runbook = 'collect' }

        $job.ExitCode | Should -Be 0 -Because $job.Errors
        $job.Output | Should -Match "RunId=$runId\s+State=Waiting\s*$"
        $job.Started | Should -Be "started collect for $runId"
        Get-Effect 'runai-book-long-*' -Kind stopped | Should -BeNullOrEmpty
    }

    It 'fail when the step failed, with its cause' {
        $runId = Start-Step book-bad sh, -c, 'exit 7'

        $job = Receive-Step $runId

        $job.ExitCode | Should -Not -Be 0
        $job.Output | Should -Match 'ExitCode=7[\s\S]*State=Failed'
        "$($job.Output) $($job.Errors)" | Should -Match 'exit code 7'
    }

    It 'connect in the same way' {
        $parts = foreach ($name in 'start', 'collect') {
            [regex]::Match((Get-Content -Raw "$script:Samples/$name.ps1"), '# region Connect[\s\S]*# endregion').Value
        }
        $parts[0] | Should -Not -BeNullOrEmpty
        $parts[1] | Should -BeExactly $parts[0]
    }

    It 'find the type of connection in the module, with the fields that Connect-RunAi needs' {
        $metadata = Get-Content -Raw (Join-Path (Split-Path (Get-TestModule)) 'RunAi-Automation.json') | ConvertFrom-Json
        $lacking = (Get-Failure { Connect-RunAi -Connection @{} }).Exception.Message
        foreach ($name in $metadata.ConnectionFields.Name) { $lacking | Should -Match "lacks .*$name" }
        $metadata.ConnectionFields.Where({ $_.IsEncrypted }).Name | Should -Be 'ClientSecret'
        $metadata.IntegrationModuleName | Should -Be 'RunAi'
    }
}
