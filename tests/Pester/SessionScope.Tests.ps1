# Credentials without a vault or a file: each in a shell of its own that has neither, and no variable with a secret.
Describe 'A session of its own' -Skip:$IsWindows {
    BeforeAll {
        Enter-TestSession $TestDrive
        $null = New-Item "$TestDrive/home" -ItemType Directory
        $emulator = Get-TestEmulator

        # The secret travels through the shell's input: it is in no variable of the environment and on no command line.
        $bare = @{ RUNAI_CONFIG = $null; RUNAI_STATE = $null; RUNAI_CACHE = $null; TEST_SECRET = $null; XDG_CONFIG_HOME = $null; XDG_DATA_HOME = $null
            XDG_STATE_HOME = $null; XDG_CACHE_HOME = $null; RUNAI_CLIENT_SECRET = $null }
        function Invoke-Bare([string] $Name, [string] $Script, [string] $HomeFolder = "$TestDrive/home") {
            Set-Content "$TestDrive/$Name.ps1" @"
`$ErrorActionPreference = 'Stop'
Import-Module `$env:TEST_MODULE
`$secret = [System.IO.File]::ReadAllText('$TestDrive/secret.txt')
`$url = '$($emulator.Uri)'
`$credential = [pscredential]::new('$($emulator.ClientId)', (ConvertTo-SecureString `$secret -AsPlainText -Force))
`$cpu = @{ GpuDevicesRequest = 0 }
$Script
"@
            Set-Content "$TestDrive/secret.txt" (Get-TestSecret) -NoNewline
            Invoke-Shell '-File', "$TestDrive/$Name.ps1" -Environment ($bare + @{ HOME = $HomeFolder })
        }

        # Every file under a folder that holds the secret.
        function Find-Secret([string] $Folder) {
            Get-ChildItem $Folder -Recurse -File -Force | Where-Object { (Get-Content -Raw $_.FullName) -match [regex]::Escape((Get-TestSecret)) }
        }
    }

    AfterAll { Exit-TestSession }

    It 'Connect-RunAi -Credential makes a step operator for the session, and nothing is on disk' {
        $ended = Invoke-Bare connect @'
$session = Connect-RunAi -RunAiBaseUrl $url -ProjectName demo -Credential $credential
"connected as $($session.ClientId)"
$run = Invoke-RunAiStep scoped -Image busybox -Command echo, hi -Settings $cpu 6> $null
"ended $($run.State) by $($run.StepOperator)"
"config $(Test-Path "$HOME/.config/RunAi/runai.json")"
(Get-RunAiStepOperator).ClientSecret
'@
        $ended.Errors | Should -BeNullOrEmpty
        $ended.ExitCode | Should -Be 0
        $ended.Output | Should -Match "connected as $($emulator.ClientId)"
        $ended.Output | Should -Match 'ended Succeeded by session'
        $ended.Output | Should -Match 'config False'
        $ended.Output | Should -Match '\{\{session:runai-session-\w{12}\}\}'
        $ended.Output | Should -Not -Match ([regex]::Escape((Get-TestSecret)))
        Find-Secret "$TestDrive/home" | Should -BeNullOrEmpty
    }

    It 'a wrong credential is refused, and registers nothing' {
        $ended = Invoke-Bare refused @'
$wrong = [pscredential]::new('nobody', (ConvertTo-SecureString 'wrong-secret' -AsPlainText -Force))
try { Connect-RunAi -RunAiBaseUrl $url -ProjectName demo -Credential $wrong } catch { $_.FullyQualifiedErrorId }
"operators $(@(Get-RunAiStepOperator).Count)"
'@
        $ended.Output | Should -Match 'RunAi.AuthenticationFailed'
        $ended.Output | Should -Match 'operators 0'
        $ended.Output | Should -Not -Match 'wrong-secret'
    }

    It '-ExternalToken is called for each token, and exchanged' {
        $ended = Invoke-Bare external @'
$calls = @{ Count = 0 }
$null = Connect-RunAi -RunAiBaseUrl $url -ProjectName demo -ExternalToken { $calls.Count++; $secret }
"ended $((Invoke-RunAiStep ext -Image busybox -Command echo, hi -Settings $cpu 6> $null).State) after $($calls.Count) calls"
Disconnect-RunAi
$null = Get-RunAiProject
"$($calls.Count) calls"
try { Connect-RunAi -RunAiBaseUrl $url -ProjectName demo -ExternalToken { 'a-wrong-token' } } catch { $_.FullyQualifiedErrorId }
try { Connect-RunAi -RunAiBaseUrl $url -ProjectName demo -ExternalToken { throw 'no identity here' } } catch { $_.Exception.Message }
'@
        $ended.Errors | Should -BeNullOrEmpty
        $ended.Output | Should -Match 'ended Succeeded after 1 calls\s+2 calls\s+RunAi.AuthenticationFailed'
        $ended.Output | Should -Match 'script block of -ExternalToken failed: .*no identity here'
        $ended.Output | Should -Not -Match 'a-wrong-token'
    }

    Context 'with the sign-in of the Run:ai CLI' {
        BeforeAll {
            # A program that stands for the CLI: it notes how it is called, and does what the test says.
            $cli = "$TestDrive/cli"
            $null = New-Item $cli -ItemType Directory
            function Set-Cli([string] $Script) {
                Set-Content "$cli/runai" "#!/bin/sh`necho `"`$*`" >> '$cli/calls'`n$Script"
                chmod +x "$cli/runai"
                Remove-Item "$cli/calls" -ErrorAction Ignore
            }

            $grant = @{ grantType = 'client_credentials'; clientID = $emulator.ClientId; clientSecret = Get-TestSecret } | ConvertTo-Json
            $token = (Invoke-RestMethod "$($emulator.Uri)/api/v1/token" -Method Post -Body $grant -ContentType application/json).accessToken
            $onPath = "`$env:PATH = '$cli' + [System.IO.Path]::PathSeparator + `$env:PATH"
        }

        It 'Connect-RunAi -UseRunAiCli goes by its token, asks for another when that is refused, and shows it nowhere' {
            Set-Cli "echo '$token'"
            $ended = Invoke-Bare cli @"
$onPath
`$shown = Connect-RunAi -RunAiBaseUrl `$url -ProjectName demo -UseRunAiCli -Verbose -Debug *>&1
`$session = `$shown[-1]
"connected as `$(`$session.ClientId) with `$(`$session.ClientSecret)"
`$run = Invoke-RunAiStep cli -Image busybox -Command echo, hi -Settings `$cpu 6> `$null
"ended `$(`$run.State), config `$(Test-Path "`$HOME/.config/RunAi/runai.json")"
Write-Output "after `$(@(Get-Content '$cli/calls').Count) calls"
`$null = Invoke-RestMethod "`$url/emulator/faults" -Method Post -Body '{"path":"/api/v1/org-unit/projects","kind":"expiredToken","count":1}' -ContentType application/json
`$shown += Get-RunAiProject -Verbose -Debug *>&1
Write-Output "after `$(@(Get-Content '$cli/calls').Count) calls: `$(Get-Content '$cli/calls' | Select-Object -Unique)"
`$shown | Out-String
"@
            $ended.Errors | Should -BeNullOrEmpty
            $ended.Output | Should -Match 'connected as runai-cli with \{\{cli:runai\}\}'
            $ended.Output | Should -Match 'ended Succeeded, config False'
            $ended.Output | Should -Match 'after 1 calls\s+after 2 calls: auth get-token --output plaintext'
            $ended.Output | Should -Match 'GET /api/v1/org-unit/projects' -Because 'streams were looked at'
            $ended.Output | Should -Not -Match ([regex]::Escape($token))
            @(Get-ChildItem "$TestDrive/home" -Recurse -File -Force | Where-Object { (Get-Content -Raw $_.FullName) -match [regex]::Escape($token) }) | Should -BeNullOrEmpty
        }

        It 'a step operator is registered with it, without a client id' {
            Set-Cli "echo '{`"status`":{`"token`":`"$token`"}}'"
            $ended = Invoke-Bare cliregister @"
$onPath
`$null = Register-RunAiStepOperator mine -RunAiBaseUrl `$url -ProjectName demo -ClientSecret '{{cli:runai}}'
(Test-RunAiStepOperator mine).Passed -join ' '
Get-Content "`$HOME/.config/RunAi/runai.json"
Unregister-RunAiStepOperator mine -Confirm:`$false
"@
            $ended.Errors | Should -BeNullOrEmpty
            $ended.Output | Should -Match 'True True True True'
            $ended.Output | Should -Match '\{\{cli:runai\}\}'
        }

        It 'Initialize-RunAi takes it, and asks for no client id' {
            Set-Cli "echo '$token'"
            $ended = Invoke-Bare cliwizard @"
$onPath
`$null = Initialize-RunAi wizard -StepOperator `$url -ProjectName demo -ClientSecret '{{cli:runai}}' -ArtifactStore '' -ContainerRegistry ''
(Get-RunAiStepOperator).ClientId
Get-RunAiStack | Unregister-RunAiStack -Confirm:`$false 6> `$null
Get-RunAiStepOperator | Unregister-RunAiStepOperator -Confirm:`$false
"@
            $ended.Errors | Should -BeNullOrEmpty
            $ended.Output | Should -Match '(?m)^runai-cli\r?$'
            $ended.Output | Should -Not -Match ([regex]::Escape($token))
        }

        It 'that gives no token (<Script>) is an error with its id and a remedy, and registers nothing' -ForEach @(
            @{ Script = 'echo not-to-be-shown; echo not-to-be-shown >&2; exit 4'; Id = 'CliSignInFailed'; Says = 'ended with exit code 4' }
            @{ Script = 'exit 0'; Id = 'CliSignInFailed'; Says = 'printed nothing' }
            @{ Script = 'echo not-to-be-shown'; Id = 'AuthenticationFailed'; Says = 'refused the access token that the Run:ai CLI gave' }
            @{ Script = ''; Id = 'MissingDependency'; Says = "The program 'runai' is not on the PATH" }
        ) {
            Set-Cli $Script
            if (-not $Script) { Remove-Item "$cli/runai" }
            $ended = Invoke-Bare clifails @"
$onPath
try { Connect-RunAi -RunAiBaseUrl `$url -ProjectName demo -UseRunAiCli -Verbose }
catch { `$_.FullyQualifiedErrorId, `$_.Exception.Message, `$_.ErrorDetails.RecommendedAction }
"operators `$(@(Get-RunAiStepOperator).Count)"
"@
            $ended.Errors | Should -BeNullOrEmpty
            $ended.Output | Should -Match "RunAi\.$Id,"
            $ended.Output | Should -Match $Says
            $ended.Output | Should -Match 'runai login'
            $ended.Output | Should -Match 'operators 0'
            $ended.Output | Should -Not -Match 'not-to-be-shown'
        }
    }

    It 'each runspace has its own' {
        $ended = Invoke-Bare parallel @'
$null = Connect-RunAi -RunAiBaseUrl $url -ProjectName demo -Credential $credential
$seen = 1..2 | ForEach-Object -Parallel {
    Import-Module $env:TEST_MODULE
    $before = @(Get-RunAiStepOperator).Count
    $null = Connect-RunAi -RunAiBaseUrl $using:url -ProjectName demo -Credential $using:credential -StepOperator "mine$_"
    "$before $((Get-RunAiStepOperator).Name)"
} | Sort-Object
"parallel: $($seen -join ', '); here: $((Get-RunAiStepOperator).Name)"
'@
        $ended.Output | Should -Match 'parallel: 0 mine1, 0 mine2; here: session'
    }

    It '-Scope Session of a stack and its components writes nothing, and runs a step with code and outputs' {
        $ended = Invoke-Bare stack @'
$null = New-Item "$HOME/work/src" -ItemType Directory -Force
Set-Content "$HOME/work/src/a.sh" 'echo made > "$1"'
$null = Register-RunAiStepOperator op -RunAiBaseUrl $url -ProjectName demo -Credential $credential -Scope Session
$null = Register-RunAiArtifactStore blobs -Uri "file:$HOME/work/store" -Scope Session
$null = Register-RunAiContainerRegistry images -Uri "oci:$HOME/work/images" -Scope Session
$null = Register-RunAiImageBuilder layers -Flavor Layer -Scope Session
Register-RunAiStack job -StepOperator op -ArtifactStore blobs -ContainerRegistry images -ImageBuilder layers -Scope Session | Use-RunAiStack | Out-Null
$run = Invoke-RunAiStep coded -Source "$HOME/work/src" -BaseImage scratch -Command sh, a.sh, '{{outputs.made}}' -Output made -Settings $cpu 6> $null
"ended $($run.State) with $(@($run.Outputs.Keys))"
"config $(Test-Path "$HOME/.config/RunAi/runai.json")"
Unregister-RunAiStack job
"stacks $(@(Get-RunAiStack).Count)"
'@
        $ended.Errors | Should -BeNullOrEmpty
        $ended.Output | Should -Match 'ended Succeeded with made'
        $ended.Output | Should -Match 'config False'
        $ended.Output | Should -Match 'stacks 0'
        Find-Secret "$TestDrive/home" | Should -BeNullOrEmpty
    }

    It 'Register-RunAiStack takes credential and all for the session at once' {
        $ended = Invoke-Bare atonce @'
Register-RunAiStack job -StepOperator $url -ProjectName demo -Credential $credential -ArtifactStore "file:$HOME/work/store" -Scope Session | Use-RunAiStack | Out-Null
(Invoke-RunAiStep once -Image busybox -Command echo, hi -Settings $cpu 6> $null).State
'@
        $ended.Errors | Should -BeNullOrEmpty
        $ended.Output | Should -Match 'Succeeded'
    }

    It 'a home that cannot be written to, and one that is absent, stop none of that' -ForEach @('/sys', '') {
        $ended = Invoke-Bare nohome @'
$null = Connect-RunAi -RunAiBaseUrl $url -ProjectName demo -Credential $credential
$run = Submit-RunAiStep homeless -Image busybox -Command echo, hi -Settings $cpu 3> $null
$run = $run | Wait-RunAiWorkload 3> $null 6> $null
"ended $($run.State)"
'@ $_
        $ended.Errors | Should -BeNullOrEmpty
        $ended.Output | Should -Match 'ended Succeeded'
    }

    It 'a home that cannot be written to is named where a file is needed' {
        $ended = Invoke-Bare nofile @'
try { Register-RunAiStepOperator x -RunAiBaseUrl $url -ProjectName demo -ClientId a -ClientSecret '{{env:X}}' }
catch { "$($_.FullyQualifiedErrorId): $($_.Exception.Message)" }
'@ '/sys'
        $ended.Output | Should -Match 'RunAi.ConfigurationInvalid.*: .*RUNAI_CONFIG.*-Scope Session'
    }

    Context 'in a runbook' {
        BeforeAll {
            $assets = @'
$PSPrivateMetadata = @{ JobId = [guid]'0b6f1d7e-6a0c-4a53-9a53-0c1c2d3e4f50' }
function Get-AutomationPSCredential([string] $Name) { if ($Name -eq 'Run ai') { $credential } else { Write-Error 'not found' } }
function Get-AutomationVariable([string] $Name) { if ($Name -eq 'secret') { $secret } else { Write-Error 'not found' } }
function Get-AutomationConnection([string] $Name) { @{ ControlPlaneUrl = $url; ProjectName = 'demo'; ClientId = $credential.UserName; ClientSecret = $secret } }
'@
        }

        It 'Connect-RunAi -Connection takes the fields of an Automation connection' {
            $ended = Invoke-Bare connection ($assets + @'

$null = Connect-RunAi -Connection (Get-AutomationConnection RunAi)
(Invoke-RunAiStep conn -Image busybox -Command echo, hi -Settings $cpu).State
'@)
            $ended.Errors | Should -BeNullOrEmpty
            $ended.Output | Should -Be 'Succeeded' -Because 'the lines of the wait go to the verbose stream'
        }

        It 'a connection that lacks fields is refused with their names' {
            $ended = Invoke-Bare lacking ($assets + @'

try { Connect-RunAi -Connection @{ ControlPlaneUrl = $url; ClientSecret = $secret } } catch { $_.Exception.Message }
'@)
            $ended.Output | Should -Match 'lacks ProjectName, ClientId'
            $ended.Output | Should -Not -Match ([regex]::Escape((Get-TestSecret)))
        }

        It '{{automation:NAME}} is read from credentials, variables and connections' {
            $ended = Invoke-Bare references ($assets + @'

$fields = @{ RunAiBaseUrl = $url; ProjectName = 'demo'; Scope = 'Session' }
$null = Register-RunAiStepOperator a @fields -ClientId '{{automation:Run ai.username}}' -ClientSecret '{{automation:Run ai}}'
$null = Register-RunAiStepOperator b @fields -ClientId $credential.UserName -ClientSecret '{{automation:secret}}'
$null = Register-RunAiStepOperator c @fields -ClientId '{{automation:conn.ClientId}}' -ClientSecret '{{automation:conn.ClientSecret}}'
'a', 'b', 'c' | ForEach-Object { "$_ $((Connect-RunAi -StepOperator $_).ClientId)" }
$null = Register-RunAiStepOperator d @fields -ClientId x -ClientSecret '{{automation:Run ai.nothing}}'
try { Connect-RunAi -StepOperator d } catch { $_.Exception.Message }
'@)
            $ended.Errors | Should -BeNullOrEmpty
            foreach ($name in 'a', 'b', 'c') { $ended.Output | Should -Match "$name $($emulator.ClientId)" }
            $ended.Output | Should -Match "its keys are UserName and Password, not 'nothing'"
        }

        It '{{automation:NAME}} elsewhere says what it needs' {
            $ended = Invoke-Bare elsewhere @'
$null = Register-RunAiStepOperator a -RunAiBaseUrl $url -ProjectName demo -ClientId x -ClientSecret '{{automation:key}}' -Scope Session
try { Connect-RunAi -StepOperator a } catch { "$($_.FullyQualifiedErrorId) $($_.Exception.Message)" }
'@
            $ended.Output | Should -Match 'RunAi.MissingDependency.*asset of Azure Automation'
        }

        It 'no progress record is written, and -LogStream says where lines go' {
            Set-Content "$TestDrive/inner.ps1" ($assets + @'

Import-Module $env:TEST_MODULE
$null = Connect-RunAi -Connection (Get-AutomationConnection RunAi)
Register-RunAiStack job -StepOperator session -ArtifactStore "file:$HOME/work/store" -ContainerRegistry "oci:$HOME/work/images" -ImageBuilder Layer -Scope Session |
    Use-RunAiStack | Out-Null
Invoke-RunAiStep streamed -BaseImage scratch -Command sh, -c, 'echo line of the step' -Settings @{ GpuDevicesRequest = 0 } -Verbose @given
'@)
            # A runspace of its own, so that its streams come apart.
            $ended = Invoke-Bare streams @"
foreach (`$stream in '', 'Output', 'Verbose', 'Information', 'Warning', 'None') {
    `$shell = [powershell]::Create()
    foreach (`$name in 'secret', 'url', 'credential') { `$shell.Runspace.SessionStateProxy.SetVariable(`$name, (Get-Variable `$name -ValueOnly)) }
    `$shell.Runspace.SessionStateProxy.SetVariable('given', `$(if (`$stream) { @{ LogStream = `$stream } } else { @{} }))
    `$out = `$shell.AddScript((Get-Content -Raw '$TestDrive/inner.ps1')).Invoke()
    if (`$shell.HadErrors) { throw "`$(`$shell.Streams.Error)" }
    `$found = @{ Output = @(`$out | Where-Object { `$_ -is [string] }); Verbose = `$shell.Streams.Verbose; Information = `$shell.Streams.Information; Warning = `$shell.Streams.Warning }
    `$in = `$found.Keys | Where-Object { "`$(`$found[`$_])" -match 'line of the step' } | Sort-Object
    "[`$stream] `$in; progress `$(`$shell.Streams.Progress.Count)"
}
"@
            $ended.Errors | Should -BeNullOrEmpty
            $ended.Output | Should -Match '\[\] Verbose; progress 0'
            foreach ($stream in 'Output', 'Verbose', 'Information', 'Warning') { $ended.Output | Should -Match "\[$stream\] $stream; progress 0" }
            $ended.Output | Should -Match '\[None\] ; progress 0'
        }
    }
}
