# Runs a script as if somebody typed it: each statement is shown, with the comment above it, before what it answers.
# The statements run in one scope and write through the shell's own formatting. The script consists of plain statements.
using namespace System.Management.Automation.Language

param([Parameter(Mandatory)] [string] $Path)

function Write-Scene([string[]] $Before, [string[]] $Command) {
    foreach ($line in $Before) { Write-Host $line -ForegroundColor Green }
    $prompt = 'PS> '
    foreach ($line in $Command) {
        Write-Host $prompt -ForegroundColor Cyan -NoNewline
        Write-Host $line
        $prompt = '>>> '
    }
}

if (-not (Test-Path -LiteralPath $Path -PathType Leaf)) { throw "There is no script $Path." }
$faults = $null
$tree = [Parser]::ParseFile($Path, [ref] $null, [ref] $faults)
if ($faults) { throw [System.Management.Automation.ParseException]::new($faults) }

$lines = [System.IO.File]::ReadAllLines($Path)
$next = 0
foreach ($statement in $tree.EndBlock.Statements) {
    $first = $statement.Extent.StartLineNumber - 1
    $last = $statement.Extent.EndLineNumber - 1
    # Of statements that share a line, the first shows it.
    if ($last -ge $next) {
        Write-Scene -Before ($lines | Select-Object -Skip $next -First ($first - $next)) -Command $lines[$first..$last]
        $next = $last + 1
    }
    # The extent keeps the file's name, from which $PSScriptRoot and the place of an error come.
    $body = [StatementBlockAst]::new($statement.Extent, [StatementAst[]] $statement.Copy(), $null)
    . ([ScriptBlockAst]::new($statement.Extent, $null, $body, $false).GetScriptBlock()) | Out-Default
}
