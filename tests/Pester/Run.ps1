<#
.SYNOPSIS
Runs test files with Pester and writes what became of each test as JSON. Started by the test adapter, in several shells at once: each takes
the next file that no other has taken.
#>
[CmdletBinding()]
param([Parameter(Mandatory)] [string] $PlanFile)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$plan = Get-Content -Raw -LiteralPath $PlanFile | ConvertFrom-Json
$env:PSModulePath = "$PSScriptRoot/Support/Modules$([System.IO.Path]::PathSeparator)$env:PSModulePath"
Import-Module $plan.Pester
Import-Module "$PSScriptRoot/Support/Support.psm1" -ArgumentList $plan

function Test-Taken([string] $File) {
    try {
        [System.IO.File]::Open("$($plan.Results)/$(Split-Path $File -Leaf).taken", 'CreateNew').Dispose()
        return $false
    }
    catch [System.IO.IOException] {
        return $true
    }
}

function New-Result([string] $Name, [int] $Line, [string] $Result, [Nullable[datetime]] $Started, [timespan] $Duration, $Errors) {
    [pscustomobject]@{
        File = $file
        Name = $Name
        Line = $Line
        Result = $Result
        Started = $Started -gt [datetime] 0 ? $Started : $null
        Seconds = $Duration.TotalSeconds
        Message = if ($Errors) { ($Errors | ForEach-Object { $_.DisplayErrorMessage ?? "$_" }) -join "`n" }
        Trace = if ($Errors) { ($Errors | ForEach-Object { $_.DisplayStackTrace }) -join "`n" }
    }
}

# The name of a test or block with the data that it and the blocks around it get, which Pester fills in only while it runs them.
function Expand-Name($Item) {
    $data = for ($holder = $Item; $holder; $holder = $holder.PSObject.Properties['Block'] ? $holder.Block : $holder.Parent) { $holder.Data }
    [regex]::Replace(($Item.ExpandedPath ?? ($Item.Path -join '.')), '<(\w+)>', {
        param($match)
        $name = $match.Groups[1].Value
        if ($name -eq '_') { return "$(@($data)[0])" }
        foreach ($values in $data) {
            if ($values -is [System.Collections.IDictionary] -and $values.Contains($name)) { return "$($values[$name])" }
        }
        $match.Value
    })
}

function Get-BlockError($Test) {
    for ($block = $Test.Block; $block; $block = $block.Parent) {
        if ($block.ErrorRecord.Count) { return $block.ErrorRecord }
    }
}

function Get-FailedBlock($Blocks) {
    foreach ($block in $Blocks) {
        if ($block.ErrorRecord.Count) { $block }
        Get-FailedBlock $block.Blocks
    }
}

# The lines of a file with an It: each must have come to a test.
function Get-ItLine([string] $File) {
    $syntax = [System.Management.Automation.Language.Parser]::ParseFile($File, [ref] $null, [ref] $null)
    $isIt = { $args[0] -is [System.Management.Automation.Language.CommandAst] -and $args[0].GetCommandName() -eq 'It' }
    foreach ($it in $syntax.FindAll($isIt, $true)) { $it.Extent.StartLineNumber }
}

function Get-Result($Run) {
    foreach ($container in $Run.Containers.Where({ $_.ErrorRecord.Count })) {
        New-Result 'The file runs' 0 Failed $container.ExecutedAt $container.Duration $container.ErrorRecord
    }
    foreach ($block in Get-FailedBlock $Run.Containers.Blocks) {
        New-Result "$(Expand-Name $block).BeforeAll and AfterAll" $block.StartLine Failed $block.ExecutedAt $block.FrameworkDuration $block.ErrorRecord
    }
    foreach ($test in $Run.Tests.Where({ $plan.OnlyFind -or $_.ShouldRun -or -not $plan.Lines })) {
        $errors = $test.ErrorRecord.Count ? $test.ErrorRecord : (Get-BlockError $test)
        New-Result (Expand-Name $test) $test.StartLine ($plan.OnlyFind ? '' : $test.Result) $test.ExecutedAt $test.Duration $errors
    }
    foreach ($line in Get-ItLine $file) {
        if ($line -notin $Run.Tests.StartLine) {
            New-Result "The It in line $line gives a test" $line Failed $null 0 'Pester found no test there.'
        }
    }
}

try {
    foreach ($file in $plan.Files) {
        if (Test-Taken $file) { continue }
        $configuration = New-PesterConfiguration -Hashtable @{
            Run = @{ Path = $file; PassThru = $true; SkipRun = $plan.OnlyFind }
            Output = @{ Verbosity = 'None' }
        }
        if ($plan.Lines) { $configuration.Filter.Line = $plan.Lines }
        $results = @(Get-Result (Invoke-Pester -Configuration $configuration))
        $written = "$($plan.Results)/$(Split-Path $file -Leaf).json"
        ConvertTo-Json -InputObject $results | Set-Content -LiteralPath "$written.part"
        Move-Item -LiteralPath "$written.part" $written
    }
}
finally {
    Stop-TestEmulator
}
