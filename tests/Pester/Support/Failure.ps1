<#
.SYNOPSIS
Gives the error that ends a command, or that it writes.
#>
function Get-Failure([Parameter(Mandatory)] [scriptblock] $Command) {
    try {
        $null = & $Command
        throw 'It did not fail.'
    }
    catch { $_ }
}
