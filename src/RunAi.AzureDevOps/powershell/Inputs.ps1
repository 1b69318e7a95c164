<# The inputs of the task or template: one JSON object of texts, under the names of task.json. #>

<#
.SYNOPSIS
Reads the inputs from a file, or from the variable RUNAI_INPUTS, and fills in what was left out.
#>
function Read-StepInput([string] $File) {
    $json = if ($File) { Get-Content -Raw -LiteralPath $File } else { $env:RUNAI_INPUTS }
    if (-not $json) { throw 'There are no inputs: give -InputFile, or the variable RUNAI_INPUTS with a JSON object of them.' }
    try { $given = $json | ConvertFrom-Json -AsHashtable }
    catch { throw "The inputs are no JSON: $($_.Exception.Message)" }
    $inputs = @{
        mode = 'run'; stepName = 'step'; onCancel = 'stop'; cache = 'false'; summary = 'true'; retryPreempted = '0'; retryInfrastructure = '0'
        runKey = '$(System.TeamProjectId)/$(Build.BuildId)/$(System.StageName).$(System.StageAttempt)/' +
            '$(System.PhaseName).$(System.JobName).$(System.JobAttempt)/$(stepName)'
    }
    foreach ($name in $given.Keys) {
        $text = "$($given[$name])".Trim()
        if ($text) { $inputs[$name] = $text }
    }
    if ($env:RUNAI_CONTROL_PLANE -and -not $inputs.controlPlane) { $inputs.controlPlane = $env:RUNAI_CONTROL_PLANE }
    foreach ($name in 'controlPlane', 'project') {
        if (-not $inputs[$name]) { throw "The input '$name' is missing." }
    }
    Assert-Choice $inputs mode run, submit, wait
    Assert-Choice $inputs onCancel stop, leave, delete
    $inputs.runKey = Expand-RunKey $inputs.runKey $inputs.stepName
    $inputs
}

function Assert-Choice([hashtable] $Inputs, [string] $Name, [string[]] $Choices) {
    if ($Inputs[$Name] -notin $Choices) {
        throw "The input '$Name' is '$($Inputs[$Name])'. Write one of: $($Choices -join ', ')."
    }
}

<#
.SYNOPSIS
Puts the step's name, and variables of the agent that are written as $(Name), into a run key. What is not known stays as it is written, and the
module refuses such a key.
#>
function Expand-RunKey([string] $Key, [string] $StepName) {
    [regex]::Replace($Key, '\$\(([A-Za-z][\w.]*)\)', {
        param($match)
        $name = $match.Groups[1].Value
        if ($name -eq 'stepName') { return $StepName }
        $value = [Environment]::GetEnvironmentVariable($name.Replace('.', '_').ToUpperInvariant())
        $value ? $value : $match.Value
    })
}

function Test-Input([hashtable] $Inputs, [string] $Name) { $Inputs[$Name] -eq 'true' }

<#
.SYNOPSIS
Gives the whole number that an input holds.
#>
function ConvertTo-Count([hashtable] $Inputs, [string] $Name) {
    $number = 0
    if ([int]::TryParse($Inputs[$Name], 'None', [cultureinfo]::InvariantCulture, [ref] $number)) { return $number }
    throw "The input '$Name' is '$($Inputs[$Name])'. Write a whole number, 0 or more."
}

<#
.SYNOPSIS
Gives the lines of an input; blank lines at its end count for nothing.
#>
function Split-Line([AllowNull()] [string] $Text) {
    if ($Text) { @($Text -split '\r?\n') }
}

<#
.SYNOPSIS
Reads lines of the form NAME=VALUE; a name alone has an empty value.
#>
function ConvertFrom-Assignment([hashtable] $Inputs, [string] $Name, [switch] $NeedsValue) {
    $table = [ordered]@{}
    foreach ($line in Split-Line $Inputs[$Name]) {
        if (-not $line.Trim()) { continue }
        $left, $right = $line -split '=', 2
        if (-not $left.Trim() -or ($NeedsValue -and $null -eq $right)) {
            throw "The input '$Name' has the line '$line'. Write NAME=VALUE, one a line."
        }
        $table[$left.Trim()] = "$right".Trim()
    }
    $table
}

<#
.SYNOPSIS
Reads step settings: a JSON object, or lines 'Name: value' whose values are JSON or plain text.
#>
function ConvertFrom-SettingText([AllowNull()] [string] $Text) {
    if (-not $Text) { return @{} }
    if ($Text.TrimStart().StartsWith('{')) {
        try { return $Text | ConvertFrom-Json -AsHashtable }
        catch { throw "The input 'settings' begins as a JSON object and is none: $($_.Exception.Message)" }
    }
    $table = @{}
    foreach ($line in Split-Line $Text) {
        if (-not $line.Trim() -or $line.TrimStart().StartsWith('#')) { continue }
        $name, $value = $line -split ':', 2
        if ($null -eq $value) { throw "The input 'settings' has the line '$line'. Write 'Name: value', one a line, or one JSON object." }
        $table[$name.Trim()] = ConvertFrom-JsonOrText $value.Trim()
    }
    $table
}

<#
.SYNOPSIS
Gives what a text is as JSON where it is a number, a truth, a list or an object, and the text itself otherwise.
#>
function ConvertFrom-JsonOrText([string] $Text) {
    if ($Text -notmatch '^(-?\d+(\.\d+)?|true|false|\[.*\]|\{.*\}|".*")$') { return $Text }
    try { , ($Text | ConvertFrom-Json -AsHashtable -NoEnumerate) }
    catch { $Text }
}
