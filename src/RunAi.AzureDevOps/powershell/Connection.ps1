<# A connection for this task alone: it stays in the memory of its PowerShell, with references to secrets in the environment. #>

$script:OperatorName = 'azure-pipelines'

<#
.SYNOPSIS
Registers the step operator and the stack that the inputs describe, for this session, and makes the stack the active one. Nothing is sent.
#>
function Register-Connection([hashtable] $Inputs, [string] $Folder) {
    foreach ($name in 'RUNAI_CLIENT_ID', 'RUNAI_CLIENT_SECRET') {
        if (-not [Environment]::GetEnvironmentVariable($name)) {
            throw "The variable $name is not set. It holds the credential of the Run:ai service account: map it in 'env:' of the step."
        }
    }
    # What the agent's account has registered is not looked at.
    $env:RUNAI_CONFIG = Join-Path $Folder 'runai.json'
    $operator = @{
        RunAiBaseUrl = $Inputs.controlPlane
        ProjectName = $Inputs.project
        ClientId = '{{env:RUNAI_CLIENT_ID}}'
        ClientSecret = '{{env:RUNAI_CLIENT_SECRET}}'
        Scope = 'Session'
    }
    if ($Inputs.cluster) { $operator.ClusterName = $Inputs.cluster }
    if ($Inputs.workloadTimeout) { $operator.WorkloadTimeout = ConvertTo-Duration $Inputs.workloadTimeout }
    if ($Inputs.pendingTimeout) { $operator.PendingTimeout = ConvertTo-Duration $Inputs.pendingTimeout }
    $null = Register-RunAiStepOperator $script:OperatorName @operator

    $stack = @{ StepOperator = $script:OperatorName; Scope = 'Session' }
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
    $null = Register-RunAiStack $script:OperatorName @stack | Use-RunAiStack
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
