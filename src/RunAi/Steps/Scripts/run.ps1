# Runs the script block of a RunAi step: run.ps1 SCRIPT RESULT
# SCRIPT is CLIXML: the block's text, its arguments and its $using: values. RESULT gets one line for each thing the block gives, in order:
# 'O' and an object, 'E' and an error that did not end it, 'T' and the one that did, each as CLIXML. What else it says goes to the log.
param([string] $__runaiScript, [string] $__runaiResult)

$__runaiKeep = {
    param($kind, $value, $depth)
    # CLIXML escapes the line breaks of texts: those that are there are layout.
    $__runaiLines.WriteLine($kind + ' ' + ([System.Management.Automation.PSSerializer]::Serialize($value, $depth) -replace '\r?\n', ''))
}

$__runaiFault = {
    param($kind, $record)
    [Console]::Error.WriteLine("ERROR: $record")
    if ($record.ScriptStackTrace) { [Console]::Error.WriteLine($record.ScriptStackTrace) }
    $about = $record.CategoryInfo
    & $__runaiKeep $kind ([ordered]@{
        Id = $record.FullyQualifiedErrorId
        Message = "$record"
        ExceptionType = $record.Exception.GetType().FullName
        Category = [int]$about.Category
        Activity = $about.Activity
        Reason = $about.Reason
        TargetName = $about.TargetName
        TargetType = $about.TargetType
        Target = $record.TargetObject
        RecommendedAction = $record.ErrorDetails.RecommendedAction
        Position = $record.InvocationInfo.PositionMessage
        ScriptStackTrace = $record.ScriptStackTrace
    }) 3
}

$__runaiTake = {
    param($item)
    if ($item -is [System.Management.Automation.ErrorRecord]) {
        if ($item.FullyQualifiedErrorId -like 'NativeCommandError*') { [Console]::Error.WriteLine("$item") }
        else { & $__runaiFault 'E' $item }
    }
    elseif ($item -is [System.Management.Automation.WarningRecord]) { [Console]::Out.WriteLine("WARNING: $item") }
    elseif ($item -is [System.Management.Automation.VerboseRecord]) { [Console]::Out.WriteLine("VERBOSE: $item") }
    elseif ($item -is [System.Management.Automation.DebugRecord]) { [Console]::Out.WriteLine("DEBUG: $item") }
    elseif ($item -is [System.Management.Automation.InformationRecord]) {
        if ($item.MessageData.NoNewLine) { [Console]::Out.Write("$item") } else { [Console]::Out.WriteLine("$item") }
    }
    else {
        # Data goes deep; of anything else its properties and theirs, since live objects lead on and on.
        $data = $item -is [System.Collections.IDictionary] -or $item -is [System.Collections.IList] -or $item -is [System.Management.Automation.PSCustomObject]
        $depth = 2
        if ($data) { $depth = 8 }
        & $__runaiKeep 'O' $item $depth
    }
}

$__runaiCode = 0
$__runaiLines = [System.IO.StreamWriter]::new($__runaiResult, $false, [System.Text.UTF8Encoding]::new($false))
try {
    $__runaiGiven = [System.Management.Automation.PSSerializer]::Deserialize([System.IO.File]::ReadAllText($__runaiScript))
    for ($__runaiAt = 0; $__runaiAt -lt $__runaiGiven.UsingNames.Count; $__runaiAt++) {
        $ExecutionContext.SessionState.PSVariable.Set($__runaiGiven.UsingNames[$__runaiAt], $__runaiGiven.UsingValues[$__runaiAt])
    }

    $__runaiArguments = @($__runaiGiven.Arguments)
    & ([scriptblock]::Create($__runaiGiven.Text)) @__runaiArguments *>&1 | ForEach-Object { & $__runaiTake $_ }
}
catch {
    & $__runaiFault 'T' $_
    $__runaiCode = 1
}
finally {
    # Also when the block says 'exit': what it gave before is kept, and its exit code is the step's.
    $__runaiLines.Dispose()
}

exit $__runaiCode
