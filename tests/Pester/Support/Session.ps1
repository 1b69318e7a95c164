<# A user's configuration, state and cache, in a folder of the test file. #>

<#
.SYNOPSIS
Gives this shell, and those it starts, a configuration of its own with the emulator as step operator 'demo'.
#>
function Enter-TestSession([Parameter(Mandatory)] [string] $Folder) {
    $emulator = Get-TestEmulator
    $env:RUNAI_CONFIG = Join-Path $Folder 'runai.json'
    $env:RUNAI_STATE = Join-Path $Folder 'state'
    $env:RUNAI_CACHE = Join-Path $Folder 'cache'
    $env:TEST_MODULE = $script:Manifest
    $env:TEST_SECRET = Get-TestSecret
    Register-TestOperator demo
}

<#
.SYNOPSIS
Frees what the file's tests left on the emulator, and forgets the session.
#>
function Exit-TestSession {
    Clear-Fault
    # One that a test has just removed may still be listed.
    Get-RunAiWorkload -StepOperator demo | Remove-RunAiWorkload -StepOperator demo -Confirm:$false -ErrorAction SilentlyContinue
    Disconnect-RunAi
    Remove-Item Env:RUNAI_CONFIG, Env:RUNAI_STATE, Env:RUNAI_CACHE, Env:TEST_SECRET
}

<#
.SYNOPSIS
Registers a step operator for the emulator that looks often; what is given changes it.
#>
function Register-TestOperator([Parameter(Mandatory)] [string] $Name, [hashtable] $Change = @{}) {
    $operator = @{
        RunAiBaseUrl = (Get-TestEmulator).Uri
        ProjectName = 'demo'
        ClientId = (Get-TestEmulator).ClientId
        ClientSecret = '{{env:TEST_SECRET}}'
        MonitoringInterval = 0.05
        Force = $true
    }
    foreach ($key in $Change.Keys) { $operator[$key] = $Change[$key] }
    $null = Register-RunAiStepOperator $Name @operator
}

<#
.SYNOPSIS
Registers a stack 'local' of the step operator 'demo', with folders for artifacts and images, and makes it active.
#>
function Register-TestStack([Parameter(Mandatory)] [string] $Folder) {
    $places = @{ ArtifactStore = "file:$Folder/store"; ContainerRegistry = "oci:$Folder/images"; ImageBuilder = 'Layer' }
    Register-RunAiStack local -StepOperator demo @places | Use-RunAiStack
}

<#
.SYNOPSIS
The manifest of the module as it is packaged.
#>
function Get-TestModule { $script:Manifest }

<#
.SYNOPSIS
The folder with libraries of other versions than the module's.
#>
function Get-ForeignFolder { $script:Plan.Foreign }
