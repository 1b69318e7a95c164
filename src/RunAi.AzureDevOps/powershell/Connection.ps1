<# A configuration for this task alone: references to secrets in the environment, in a folder that the job's end removes. #>

<#
.SYNOPSIS
The name of the task's step operator. It follows from the run key, so that a run's record says which key it belongs to.
#>
function Get-OperatorName([string] $RunKey) {
    $digest = [System.Security.Cryptography.SHA256]::HashData([System.Text.Encoding]::UTF8.GetBytes($RunKey))
    'azure-pipelines-' + [Convert]::ToHexString($digest).Substring(0, 16).ToLowerInvariant()
}

<#
.SYNOPSIS
Registers the step operator and the stack that the inputs describe, and makes the stack the active one. Nothing is sent.
#>
function Register-Connection([hashtable] $Inputs, [string] $Folder) {
    foreach ($name in 'RUNAI_CLIENT_ID', 'RUNAI_CLIENT_SECRET') {
        if (-not [Environment]::GetEnvironmentVariable($name)) {
            throw "The variable $name is not set. It holds the credential of the Run:ai service account: map it in 'env:' of the step."
        }
    }
    $env:RUNAI_CONFIG = Join-Path $Folder 'runai.json'
    $name = Get-OperatorName $Inputs.runKey
    $operator = @{
        RunAiBaseUrl = $Inputs.controlPlane
        ProjectName = $Inputs.project
        ClientId = '{{env:RUNAI_CLIENT_ID}}'
        ClientSecret = '{{env:RUNAI_CLIENT_SECRET}}'
        Force = $true
    }
    if ($Inputs.cluster) { $operator.ClusterName = $Inputs.cluster }
    if ($Inputs.workloadTimeout) { $operator.WorkloadTimeout = ConvertTo-Duration $Inputs.workloadTimeout }
    if ($Inputs.pendingTimeout) { $operator.PendingTimeout = ConvertTo-Duration $Inputs.pendingTimeout }
    $null = Register-RunAiStepOperator $name @operator

    $stack = @{ StepOperator = $name; Force = $true }
    if ($Inputs.storeCredential -and -not [Environment]::GetEnvironmentVariable($Inputs.storeCredential)) {
        throw "The input 'storeCredential' names the variable $($Inputs.storeCredential), which is not set. Map it in 'env:' of the step."
    }
    if ($Inputs.artifactStore) {
        $stack.ArtifactStore = $Inputs.artifactStore
        if ($Inputs.storeCredential) { $stack.ArtifactStoreCredential = "{{env:$($Inputs.storeCredential)}}" }
    }
    if ($Inputs.containerRegistry) {
        $stack.ContainerRegistry = $Inputs.containerRegistry
        $stack.ImageBuilder = 'Layer'
    }
    $null = Register-RunAiStack $name @stack | Use-RunAiStack
    $name
}

<#
.SYNOPSIS
Reads a time as the inputs have it: hh:mm:ss, or what the module takes, such as 90, 90s, 24h or 1d12h.
#>
function ConvertTo-Duration([string] $Text) {
    $span = [timespan]::Zero
    if ($Text.Contains(':') -and [timespan]::TryParse($Text, [cultureinfo]::InvariantCulture, [ref] $span)) { return $span }
    $Text
}

<#
.SYNOPSIS
The runs of this task's key that its record says have not ended, the newest first.
#>
function Get-OpenRun([string] $OperatorName) {
    Get-RunAiStepRun -StepOperator $OperatorName -State Submitting, Submitted, Running
}
