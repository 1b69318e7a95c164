<# Shells of their own: a fresh process, with the streams and the exit code that a user or a pipeline sees. #>

<#
.SYNOPSIS
The program and its first arguments that start a PowerShell.
#>
function Get-ShellCommand { @([System.Environment]::ProcessPath, $script:Plan.Shell) }

<#
.SYNOPSIS
Starts a PowerShell without a profile and closes its standard input.
#>
function Start-Shell {
    param(
        # What follows pwsh -NoProfile -NonInteractive.
        [Parameter(Mandatory)] [string[]] $Argument,
        # Variables that are set, or with $null not set, for it.
        [hashtable] $Environment = @{}
    )

    $start = [System.Diagnostics.ProcessStartInfo]::new([System.Environment]::ProcessPath)
    if ($script:ResetsSignals) {
        # A shell in the background ignores Ctrl+C, and what it starts inherits that.
        $start.FileName = 'env'
        $start.ArgumentList.Add('--default-signal=INT')
        $start.ArgumentList.Add([System.Environment]::ProcessPath)
    }
    foreach ($word in @($script:Plan.Shell, '-NoProfile', '-NonInteractive') + $Argument) { $start.ArgumentList.Add($word) }
    foreach ($name in $Environment.Keys) {
        if ($null -eq $Environment[$name]) { $null = $start.Environment.Remove($name) }
        else { $start.Environment[$name] = $Environment[$name] }
    }
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $process = [System.Diagnostics.Process]::Start($start)
    $process.StandardInput.Close()
    [pscustomobject]@{
        Process = $process
        Output = $process.StandardOutput.ReadToEndAsync()
        Errors = $process.StandardError.ReadToEndAsync()
    }
}

<#
.SYNOPSIS
Waits for the end of a shell and gives its exit code, its output and what it wrote to standard error.
#>
function Wait-Shell {
    param([Parameter(Mandatory, ValueFromPipeline)] $Shell, [int] $Seconds = 180)

    process {
        if (-not $Shell.Process.WaitForExit($Seconds * 1000)) {
            $Shell.Process.Kill($true)
            throw "The shell did not end in $Seconds seconds. It wrote: $($Shell.Output.Result) $($Shell.Errors.Result)"
        }
        [pscustomobject]@{
            ExitCode = $Shell.Process.ExitCode
            Output = $Shell.Output.Result.TrimEnd()
            Errors = $Shell.Errors.Result.TrimEnd()
        }
    }
}

function Invoke-Shell {
    param([Parameter(Mandatory)] [string[]] $Argument, [hashtable] $Environment = @{})
    Start-Shell @PSBoundParameters | Wait-Shell
}

<#
.SYNOPSIS
What a shell printed, without the lines that tell how a wait goes on where there is no progress bar.
#>
function Remove-WaitLine {
    param([Parameter(ValueFromPipeline)] [AllowEmptyString()] [string] $Text)
    process { $Text -split '\r?\n' | Where-Object { $_ -notmatch '^(Run [0-9A-Z]{26}: workload |runai-[a-z0-9-]+(:| waits| is Running) )' } }
}

<#
.SYNOPSIS
Runs a script in a shell of its own and gives the objects that it wrote as JSON at its end.
#>
function Get-ShellFact {
    param([Parameter(Mandatory)] [string] $Script, [hashtable] $Environment = @{})

    $ended = Invoke-Shell '-Command', $Script -Environment $Environment
    if ($ended.ExitCode -ne 0) { throw "The shell ended with exit code $($ended.ExitCode): $($ended.Errors) $($ended.Output)" }
    $ended.Output | Remove-WaitLine | Out-String | ConvertFrom-Json
}

<#
.SYNOPSIS
Sends a shell a signal, such as TERM.
#>
function Send-Signal([Parameter(Mandatory)] $Shell, [Parameter(Mandatory)] [string] $Signal) {
    sh -c "kill -$Signal $($Shell.Process.Id)"
}

<#
.SYNOPSIS
Presses Ctrl+C in a shell.
#>
function Send-Interrupt([Parameter(Mandatory)] $Shell) {
    sh -c "kill -INT $($Shell.Process.Id)"
}

$script:ResetsSignals = -not $IsWindows -and $(env --default-signal=INT true 2>$null; $LASTEXITCODE -eq 0)
