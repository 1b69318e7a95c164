# A bare start of the shell.
& "$PSScriptRoot/End.ps1"
