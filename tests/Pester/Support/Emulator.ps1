<# The emulator of this shell: started when the first test needs it, shared by all files that the shell runs. #>
$script:Emulator = $null

function Get-TestEmulator {
    if (-not $script:Emulator) {
        Import-Module $script:Manifest -Global
        $script:Emulator = Start-RunAiEmulator -Seed "$PSScriptRoot/seed.json"
    }
    $script:Emulator
}

function Stop-TestEmulator {
    if ($script:Emulator) { Stop-RunAiEmulator $script:Emulator }
    $script:Emulator = $null
}

function Get-TestSecret {
    [System.Net.NetworkCredential]::new('', (Get-TestEmulator).ClientSecret).Password
}

<#
.SYNOPSIS
The effects on workloads whose name is like the pattern, in order: created, phaseChanged, stopped, deleted ...
#>
function Get-Effect([Parameter(Mandatory)] [string] $Name, [string] $Kind = '*', [string] $Phase = '*') {
    Invoke-Emulator 'log' | Where-Object { $_.name -like $Name -and $_.kind -like $Kind -and "$($_.phase)" -like $Phase }
}

<#
.SYNOPSIS
The requests to the API since the emulator started.
#>
function Get-EmulatorRequest { Invoke-Emulator 'requests' | Where-Object path -notlike '/emulator/*' }

<#
.SYNOPSIS
The body of the request that created the workload of a run.
#>
function Get-RequestBody([Parameter(Mandatory)] $Run) {
    @(Get-EmulatorRequest).Where({ $_.body.name -eq $Run.WorkloadName }, 'Last').body
}

function Add-Fault([Parameter(Mandatory)] [hashtable] $Rule) {
    $null = Invoke-Emulator 'faults' -Method Post -Body (ConvertTo-Json $Rule)
}

function Clear-Fault {
    $null = Invoke-Emulator 'faults' -Method Delete
}

<#
.SYNOPSIS
How many requests have met a fault so far.
#>
function Measure-FaultHit {
    (Invoke-Emulator 'faults' | Measure-Object hits -Sum).Sum
}

function Invoke-Emulator([string] $Path, [string] $Method = 'Get', [string] $Body) {
    $request = @{ Uri = "$((Get-TestEmulator).Uri)/emulator/$Path"; Method = $Method }
    if ($Body) { $request += @{ Body = $Body; ContentType = 'application/json' } }
    (Invoke-RestMethod @request) | ForEach-Object { $_ }
}
