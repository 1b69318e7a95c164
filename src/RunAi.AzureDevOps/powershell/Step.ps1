<# The step that the inputs describe. #>

<#
.SYNOPSIS
Makes the step: that of the step file, if one is named, with what the inputs say over it.
#>
function New-InputStep([hashtable] $Inputs) {
    $change = @{}
    foreach ($name in 'image', 'baseImage', 'source') {
        if ($Inputs[$name]) { $change[$name] = $Inputs[$name] }
    }
    $command = @(Split-Line $Inputs.command)
    if ($command.Count) { $change.Command = [string[]] $command }
    $environment = Get-InputEnvironment $Inputs
    if ($environment.Count) { $change.Environment = $environment }
    $artifacts = Get-InputArtifact $Inputs
    if ($artifacts.Count) { $change.Input = $artifacts }
    $outputs = (ConvertFrom-Assignment $Inputs outputArtifacts).Keys
    if ($outputs.Count) { $change.Output = [string[]] @($outputs) }
    if (Test-Input $Inputs cache) { $change.Cache = $true }
    $retry = @{}
    if ($times = ConvertTo-Count $Inputs retryPreempted) { $retry.Preempted = $times }
    if ($times = ConvertTo-Count $Inputs retryInfrastructure) { $retry.Infrastructure = $times }
    if ($retry.Count) { $change.Retry = $retry }
    $settings = Get-InputSetting $Inputs

    if (-not $Inputs.stepFile) { return New-RunAiStep $Inputs.stepName @change -Settings $settings }

    $step = Import-RunAiStep $Inputs.stepFile
    if ($Inputs.stepName -ne 'step') { $step.Name = $Inputs.stepName }
    foreach ($name in $change.Keys) {
        $there = $step.$name
        if ($there -is [System.Collections.IDictionary]) {
            foreach ($key in $change[$name].Keys) { $there[$key] = $change[$name][$key] }
        }
        elseif ($name -eq 'source') { $step.Source = Resolve-InputPath $change[$name] }
        else { $step.$name = $change[$name] }
    }
    $over = (New-RunAiStep settings -Image settings -Settings $settings).Settings
    foreach ($property in $over.PSObject.Properties.Where({ $_.IsSettable -and $null -ne $_.Value })) {
        $step.Settings.($property.Name) = $property.Value
    }
    $step
}

function Resolve-InputPath([string] $Path) { $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path) }

<#
.SYNOPSIS
The environment: texts, and references that the cluster resolves where the value is a JSON object.
#>
function Get-InputEnvironment([hashtable] $Inputs) {
    $table = ConvertFrom-Assignment $Inputs environment -NeedsValue
    foreach ($name in @($table.Keys)) {
        if ($table[$name].StartsWith('{') -and ($reference = ConvertFrom-JsonOrText $table[$name]) -is [System.Collections.IDictionary]) {
            $table[$name] = $reference
        }
    }
    $table
}

<#
.SYNOPSIS
What the step reads: paths of this machine, and addresses of artifacts in the store.
#>
function Get-InputArtifact([hashtable] $Inputs) {
    $table = ConvertFrom-Assignment $Inputs inputArtifacts -NeedsValue
    foreach ($name in @($table.Keys)) {
        $table[$name] = if ($table[$name] -match '^(az|s3|file):') { Get-RunAiArtifact -Uri $table[$name] } else { Resolve-InputPath $table[$name] }
    }
    $table
}

<#
.SYNOPSIS
The step settings, under the module's names; gpuDevices and gpuPortion go before what the settings say.
#>
function Get-InputSetting([hashtable] $Inputs) {
    $settings = ConvertFrom-SettingText $Inputs.settings
    $numbers = @{ gpuDevices = 'GpuDevicesRequest'; gpuPortion = 'GpuPortionRequest' }
    foreach ($name in $numbers.Keys) {
        if (-not $Inputs[$name]) { continue }
        $number = 0.0
        if (-not [double]::TryParse($Inputs[$name], 'Float', [cultureinfo]::InvariantCulture, [ref] $number)) {
            throw "The input '$name' is '$($Inputs[$name])'. Write a number, with a point for the decimals."
        }
        $settings[$numbers[$name]] = $name -eq 'gpuDevices' ? [int] $number : $number
    }
    $settings
}
