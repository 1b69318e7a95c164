@{
    # The root module is a binary: a script root could not register a load context in constrained language mode.
    RootModule = if ($PSEdition -eq 'Core') { 'module/bin/core/RunAi.PowerShell.dll' } else { 'module/bin/desktop/RunAi.PowerShell.dll' }
    ModuleVersion = '0.1.0'
    GUID = '6a0e1f0c-3f0b-4a83-9d0e-52f1b3c4f7a1'
    Author = 'RunAi contributors'
    CompanyName = 'RunAi contributors'
    Copyright = '(c) RunAi contributors. MIT licence.'
    Description = 'Runs single steps of a pipeline on NVIDIA Run:ai GPU clusters.'
    PowerShellVersion = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions = @('Core', 'Desktop')
    FormatsToProcess = @('module/RunAi.Format.ps1xml')
    FunctionsToExport = @()
    AliasesToExport = @()
    VariablesToExport = @()
    CmdletsToExport = @(
        'Get-RunAiArtifact'
        'Publish-RunAiArtifact'
        'Save-RunAiArtifact'
        'Get-RunAiArtifactStore'
        'Register-RunAiArtifactStore'
        'Unregister-RunAiArtifactStore'
        'Connect-RunAi'
        'Disconnect-RunAi'
        'Get-RunAiEmulator'
        'Start-RunAiEmulator'
        'Stop-RunAiEmulator'
        'Get-RunAiSession'
        'Invoke-RunAiStep'
        'New-RunAiStep'
        'Receive-RunAiStep'
        'Receive-RunAiStepLog'
        'Submit-RunAiStep'
        'Get-RunAiStepRun'
        'Remove-RunAiStepRun'
        'Resume-RunAiStepRun'
        'Sync-RunAiStepRun'
        'Get-RunAiStepOperator'
        'Register-RunAiStepOperator'
        'Set-RunAiStepOperator'
        'Test-RunAiStepOperator'
        'Unregister-RunAiStepOperator'
        'New-RunAiStepSettings'
        'Export-RunAiStack'
        'Get-RunAiStack'
        'Import-RunAiStack'
        'Register-RunAiStack'
        'Set-RunAiStack'
        'Test-RunAiStack'
        'Unregister-RunAiStack'
        'Use-RunAiStack'
        'Get-RunAiContainerRegistry'
        'Register-RunAiContainerRegistry'
        'Unregister-RunAiContainerRegistry'
        'Get-RunAiImageBuilder'
        'Register-RunAiImageBuilder'
        'Unregister-RunAiImageBuilder'
        'Publish-RunAiStepImage'
        'Get-RunAiWorkload'
        'Get-RunAiWorkloadDiagnosis'
        'Get-RunAiWorkloadEvent'
        'Get-RunAiWorkloadHistory'
        'Get-RunAiWorkloadPod'
        'Remove-RunAiWorkload'
        'Resume-RunAiWorkload'
        'Show-RunAiWorkload'
        'Stop-RunAiWorkload'
        'Wait-RunAiWorkload'
    )
    PrivateData = @{
        PSData = @{
            Tags = @('RunAi', 'GPU', 'Kubernetes', 'MachineLearning', 'MLOps', 'PSEdition_Core', 'PSEdition_Desktop')
        }
    }
}
