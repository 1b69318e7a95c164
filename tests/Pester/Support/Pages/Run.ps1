<#
.SYNOPSIS
Runs the examples of a page one after the other in one session, and writes what each printed as JSON to a file.
#>
param([string] $Folder, [string] $Module, [string] $Shell, [string] $Plan, [string] $Result)

. "$PSScriptRoot/World.ps1" $Folder $Module $Shell
$cleared = $false
$printed = foreach ($example in Get-Content -Raw $Plan | ConvertFrom-Json) {
    # What an example registers is not registered yet.
    $registers = 'Register-RunAi(StepOperator gpu|Stack|ArtifactStore|ContainerRegistry)'
    if ($example -match $registers -and $example -notmatch '-Connection') { Clear-World; $cleared = $true }
    if ($cleared -and $example -notmatch 'Register-RunAiStepOperator|Connect-RunAi') { Register-WorldOperator }

    if ($example -match '-ContainerRegistry acr') { $null = Register-RunAiContainerRegistry acr -Uri "oci:$Folder/images" }
    $failure = $null
    $tree = [System.Management.Automation.Language.Parser]::ParseInput((ConvertTo-World $example), [ref] $null, [ref] $null)
    # Each statement for itself, as at a prompt.
    $lines = try {
        foreach ($statement in $tree.EndBlock.Statements) {
            . ([scriptblock]::Create($statement.Extent.Text)) 6>&1 3>&1 | Out-String -Width 80 -Stream
        }
    }
    catch {
        $failure = $_
        "$($_.InvocationInfo.MyCommand.Name): $_"
    }
    if ($cleared) { Clear-World; Register-World; $cleared = $false }
    [pscustomobject]@{
        Lines = @($lines | ForEach-Object { "$_" })
        Failure = if ($failure) { "$($failure.FullyQualifiedErrorId): $failure" }
    }
}
ConvertTo-Json @($printed) -Depth 4 | Set-Content $Result
Stop-RunAiEmulator $emulator
