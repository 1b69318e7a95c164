# Submissions of a warm process, in turn with bare requests of the same body.
$ErrorActionPreference = 'Stop'
Import-Module $env:BENCHMARK_MODULE
Add-Type -Path "$PSScriptRoot/Bare.cs"
$own = [System.Diagnostics.Process]::GetCurrentProcess()

# Milliseconds of time and of this process's processor for each of a number of things that a block does.
function Measure-Each([int] $Count, [scriptblock] $Block) {
    $own.Refresh()
    $before = $own.TotalProcessorTime
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    & $Block
    $own.Refresh()
    @{ Wall = $clock.Elapsed.TotalMilliseconds / $Count; Processor = ($own.TotalProcessorTime - $before).TotalMilliseconds / $Count }
}

function Get-Median($Values) { ($Values | Sort-Object)[[int][Math]::Floor($Values.Count / 2)] }

$run = Submit-RunAiStep warm -Image busybox -Command true
$request = Submit-RunAiStep warm -Image busybox -Command true -WhatIf 6>&1 | Where-Object Tags -Contains 'RunAi.Request'
$body = $request.MessageData.Request.Body
$login = @{ grant_type = 'client_credentials'; client_id = $env:BENCHMARK_CLIENT; client_secret = $env:BENCHMARK_SECRET }
$token = (Invoke-RestMethod "$env:BENCHMARK_URI/api/v2/token" -Method Post -Body $login).access_token

# Its files are beside those of submissions, since what a new file takes depends on what was deleted in the same part of the file system.
$bare = [Bare]::new($env:BENCHMARK_URI, $token, $body, ($body | ConvertFrom-Json).name, "$HOME/bare")

$submit = { for ($i = 0; $i -lt 100; $i++) { $null = Submit-RunAiStep warm -Image busybox -Command true } }
$post = { for ($i = 0; $i -lt 100; $i++) { $bare.One($false) } }
$keep = { for ($i = 0; $i -lt 100; $i++) { $bare.One($true) } }
$steps = 1..300 | ForEach-Object { New-RunAiStep piped -Image busybox -Command true }
$piped = { $null = $steps | Submit-RunAiStep }
$many = { $bare.Many(300, 8, $false) }
$manyKept = { $bare.Many(300, 8, $true) }

# The first thousands, until the runtime has compiled what is often used to its best form, which it does beside them.
for ($i = 0; $i -lt 30; $i++) {
    $compiled = [System.Runtime.JitInfo]::GetCompiledMethodCount($false)
    & $submit; & $submit; & $submit; & $post; & $keep; & $piped; & $many; & $manyKept
    if ([System.Runtime.JitInfo]::GetCompiledMethodCount($false) - $compiled -lt 5) { break }
}
$rounds = for ($round = 0; $round -lt 7; $round++) {
    @{
        submit = Measure-Each 100 $submit; post = Measure-Each 100 $post; keep = Measure-Each 100 $keep
        piped = Measure-Each 300 $piped; many = Measure-Each 300 $many; manyKept = Measure-Each 300 $manyKept
    }
}
$figures = @{}
foreach ($name in 'submit', 'post', 'keep', 'piped', 'many', 'manyKept') {
    $figures["$($name)Wall"] = Get-Median $rounds.ForEach({ $_[$name].Wall })
    $figures["$($name)Processor"] = Get-Median $rounds.ForEach({ $_[$name].Processor })
}

# A Tab after the beginning of a workload's name, which asks the control plane.
$typed = 'Wait-RunAiWorkload runai-wa'
$tabs = for ($i = 0; $i -lt 21; $i++) { Measure-Each 1 { $script:offered = (TabExpansion2 $typed $typed.Length).CompletionMatches.Count } }
if ($offered -eq 0) { throw 'Nothing was offered.' }
$figures.tabWall = Get-Median $tabs.Wall
& "$PSScriptRoot/End.ps1" $figures
