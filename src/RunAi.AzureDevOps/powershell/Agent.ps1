<# What the agent of Azure Pipelines understands: commands on lines of the output that begin with ##vso. #>

<#
.SYNOPSIS
Writes one line to standard output, past PowerShell's formatting, so that the agent reads it as it is.
#>
function Write-AgentLine([AllowEmptyString()] [string] $Line) { [Console]::Out.WriteLine($Line) }

<#
.SYNOPSIS
Makes text of others harmless: no line of it is a command to the agent.
#>
function ConvertTo-PlainText([AllowNull()] [AllowEmptyString()] [string] $Text) { $Text -replace '(?i)##(?=(vso)?\[)', '# #' }

<#
.SYNOPSIS
Writes a command to the agent. Values are escaped as the agent reads them.
#>
function Write-AgentCommand {
    param(
        # Such as task.setvariable.
        [Parameter(Mandatory)] [string] $Name,
        [System.Collections.IDictionary] $Property = [ordered]@{},
        [AllowNull()] [AllowEmptyString()] [string] $Data = ''
    )

    $text = $Data.Replace('%', '%AZP25').Replace("`r", '%0D').Replace("`n", '%0A')
    $properties = foreach ($key in $Property.Keys) {
        $value = "$($Property[$key])".Replace('%', '%AZP25').Replace("`r", '%0D').Replace("`n", '%0A').Replace(']', '%5D').Replace(';', '%3B')
        "$key=$value;"
    }
    Write-AgentLine "##vso[$("$Name $properties".TrimEnd() -replace '; ', ';')]$(ConvertTo-PlainText $text)"
}

<#
.SYNOPSIS
Shows an error or a warning on the pipeline's page; the code is the cause.
#>
function Write-AgentIssue([ValidateSet('error', 'warning')] [string] $Type, [string] $Code, [string] $Message) {
    $property = [ordered]@{ type = $Type }
    if ($Code) { $property['code'] = $Code }
    Write-AgentCommand 'task.logissue' $property $Message
}

<#
.SYNOPSIS
Sets an output variable, which later steps, jobs and stages can read.
#>
function Set-AgentOutput([string] $Name, [AllowNull()] $Value) {
    $text = if ($Value -is [IFormattable]) { $Value.ToString($null, [cultureinfo]::InvariantCulture) } else { "$Value" }
    Write-AgentCommand 'task.setvariable' ([ordered]@{ variable = $Name; isOutput = 'true' }) $text
}

<#
.SYNOPSIS
Says how far the step is.
#>
function Set-AgentProgress([int] $Percent, [string] $Phase) {
    Write-AgentCommand 'task.setprogress' ([ordered]@{ value = $Percent }) $Phase
}

<#
.SYNOPSIS
Masks a secret in everything that the agent shows.
#>
function Add-AgentSecret([AllowNull()] [AllowEmptyString()] [string] $Secret) {
    if ($Secret) { Write-AgentCommand 'task.setsecret' @{} $Secret }
}
