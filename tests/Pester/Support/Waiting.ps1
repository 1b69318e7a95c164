<#
.SYNOPSIS
Waits until a condition holds and gives its value; fails when it does not in time.
#>
function Wait-Until {
    param(
        # Asked again and again until it gives something true.
        [Parameter(Mandatory)] [scriptblock] $Condition,
        # What is waited for, told when it does not come.
        [Parameter(Mandatory)] [string] $For,
        # What tells, when it does not come, how far things are.
        [scriptblock] $Show = { },
        [int] $Seconds = 180
    )

    $deadline = [System.Diagnostics.Stopwatch]::StartNew()
    while (-not ($value = & $Condition)) {
        if ($deadline.Elapsed.TotalSeconds -gt $Seconds) {
            throw "Waited $Seconds seconds in vain for $For. $(& $Show | Out-String)"
        }
        Start-Sleep -Milliseconds 100
    }
    $value
}
