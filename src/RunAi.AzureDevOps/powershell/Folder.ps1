<# The step's folder, which lasts until the job's end, and what it says. #>

<#
.SYNOPSIS
Makes a folder for this step, which only this account can read, below the agent's folder for temporary files.
#>
function New-StepFolder {
    $parent = $env:AGENT_TEMPDIRECTORY ? $env:AGENT_TEMPDIRECTORY : [System.IO.Path]::GetTempPath()
    $step = [System.Text.Encoding]::UTF8.GetBytes("$env:BUILD_BUILDID/$env:SYSTEM_JOBID/$env:RUNAI_STEP")
    $digest = [Convert]::ToHexString([System.Security.Cryptography.SHA256]::HashData($step)).Substring(0, 16).ToLowerInvariant()
    $folder = Join-Path $parent "runai-$digest"
    if ($IsWindows) { return [System.IO.Directory]::CreateDirectory($folder).FullName }
    [System.IO.Directory]::CreateDirectory($folder, [System.IO.UnixFileMode] 'UserRead, UserWrite, UserExecute').FullName
}

# Notes that nothing is left to stop when the job ends.
function Set-StepEnded([string] $Folder) { $null = New-Item -ItemType File -Force (Join-Path $Folder 'ended') }
function Test-StepEnded([string] $Folder) { Test-Path -LiteralPath (Join-Path $Folder 'ended') }
