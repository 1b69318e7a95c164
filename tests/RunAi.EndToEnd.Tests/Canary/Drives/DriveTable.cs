namespace RunAi.EndToEnd.Tests.Canary.Drives;

/// <summary>
/// How the canary drives each cmdlet, one line each; a new cmdlet gets its line here. On the stage are <c>$f</c>, a folder of the session
/// with
/// <c>src</c>, <c>data</c> and <c>base</c>; <c>$planeUri</c> and the splats <c>@operator</c>, <c>@store</c> and <c>@registry</c> with the
/// credentials whose turn it is; and what earlier lines left: <c>$run</c>, <c>$failed</c>, <c>$workload</c>, <c>$artifact</c>.
/// </summary>
internal static class DriveTable
{
    /// <summary>Until a run is there.</summary>
    public static IReadOnlyList<Drive> Setup { get; } =
    [
        new(
            "Register-RunAiStepOperator",
            "Register-RunAiStepOperator gpu -RunAiBaseUrl $planeUri -ProjectName demo -MonitoringInterval 1 @operator"),
        new("Set-RunAiStepOperator", "Set-RunAiStepOperator gpu -WorkloadTimeout 900"),
        new("Register-RunAiArtifactStore", "Register-RunAiArtifactStore data @store"),
        new("Register-RunAiContainerRegistry", "Register-RunAiContainerRegistry images @registry"),
        new("Register-RunAiContainerRegistry", "Register-RunAiContainerRegistry layout -Uri \"oci:$f/images\""),
        new("Register-RunAiImageBuilder", "Register-RunAiImageBuilder layers -Flavor Layer"),
        new(
            "Register-RunAiStack",
            "Register-RunAiStack all -StepOperator gpu -ArtifactStore data -ContainerRegistry images -ImageBuilder layers"),
        new("Set-RunAiStack", "Set-RunAiStack all -ContainerRegistry layout"),
        new("Use-RunAiStack", "Use-RunAiStack all"),
        new("Connect-RunAi", "Connect-RunAi"),
        new("New-RunAiStepSettings", "$settings = New-RunAiStepSettings -GpuDevicesRequest 0; $settings"),
        new("New-RunAiStep", """
            $step = New-RunAiStep canary -Source "$f/src" -BaseImage "oci:$f/base" -Settings $settings -Input @{ data = "$f/data" } -Output copy `
                -Environment @{ MODE = 'canary' } -Command sh, canary.sh, '{{inputs.data}}', '{{outputs.copy}}'; $step
            """),
        new("Submit-RunAiStep", "$run = $step | Submit-RunAiStep; $run"),
        new("Wait-RunAiWorkload", "$run = $run | Wait-RunAiWorkload; $run"),
        new("Publish-RunAiArtifact", "$artifact = Publish-RunAiArtifact \"$f/data\" -Name canary; $artifact"),
    ];

    /// <summary>With a run, over a control plane and stores that are well or not.</summary>
    public static IReadOnlyList<Drive> Use { get; } =
    [
        new("Connect-RunAi", "Disconnect-RunAi; Connect-RunAi -StepOperator gpu"),
        new("Get-RunAiSession", "Get-RunAiSession"),
        new("Get-RunAiStepOperator", "Get-RunAiStepOperator"),
        new("Test-RunAiStepOperator", "Test-RunAiStepOperator gpu"),
        new("Get-RunAiArtifactStore", "Get-RunAiArtifactStore"),
        new("Get-RunAiContainerRegistry", "Get-RunAiContainerRegistry"),
        new("Get-RunAiImageBuilder", "Get-RunAiImageBuilder"),
        new("Get-RunAiStack", "Get-RunAiStack"),
        new(
            "Test-RunAiStack",
            "$null = Set-RunAiStack all -ContainerRegistry images; Test-RunAiStack; $null = Set-RunAiStack all -ContainerRegistry layout"),
        new("Export-RunAiStack", "Export-RunAiStack all -Path $f -Force"),
        new("Import-RunAiStack", "Import-RunAiStack \"$f/runai.json\" -Force"),
        new("Publish-RunAiStepImage", "Publish-RunAiStepImage \"$f/src\" -BaseImage \"oci:$f/base\" -ContainerRegistry images -Tag canary"),
        new("New-RunAiExposedUrl", "New-RunAiExposedUrl 8888 -ToolType jupyter"),
        new("New-RunAiImagePullSecret", "New-RunAiImagePullSecret my-registry -UserCredential"),
        new("New-RunAiMount", "New-RunAiMount -Pvc datasets /data -ReadOnly"),
        new("New-RunAiNodeAffinity", "New-RunAiNodeAffinity nvidia.com/gpu.product -Value A100, H100"),
        new("New-RunAiPodAffinity", "New-RunAiPodAffinity topology.kubernetes.io/zone -Type Preferred"),
        new("New-RunAiPort", "New-RunAiPort 8080"),
        new("New-RunAiProbe", "New-RunAiProbe 8080 -Path /health"),
        new("New-RunAiRelatedUrl", "New-RunAiRelatedUrl https://wandb.ai/org/run -Type wandb"),
        new("New-RunAiSecurityContext", "New-RunAiSecurityContext -RunAsUid 1000 -RunAsGid 1000"),
        new("New-RunAiToleration", "New-RunAiToleration nvidia.com/gpu"),
        new("Test-RunAiStep", "$step | Test-RunAiStep; Test-RunAiStep plain -StepOperator gpu -Image \"oci:$f/base\" -Quiet"),
        new("Export-RunAiStep", "$step | Export-RunAiStep \"$f/canary.psd1\" -Force"),
        new("Import-RunAiStep", "Import-RunAiStep \"$f/canary.psd1\""),
        new("Submit-RunAiStep", "$step | Submit-RunAiStep -WhatIf"),
        new("Submit-RunAiStep", "$step | Submit-RunAiStep -RunKey canary"),
        new("Invoke-RunAiStep", "$step | Invoke-RunAiStep"),
        new(
            "Invoke-RunAiStep",
            "Invoke-RunAiStep plain -StepOperator gpu -Image busybox -Settings $settings -Command sh, -c, 'env; exit 0'"),
        new("Get-RunAiStepRun", "Get-RunAiStepRun; Get-RunAiStepRun $run.RunId"),
        new("Resume-RunAiStepRun", "Resume-RunAiStepRun $run.RunId"),
        new("Sync-RunAiStepRun", "Sync-RunAiStepRun"),
        new("Receive-RunAiStep", "Receive-RunAiStep $run.RunId"),
        new("Receive-RunAiStepLog", "Receive-RunAiStepLog $run.RunId"),
        new("Get-RunAiArtifact", "Get-RunAiArtifact; Get-RunAiArtifact -Uri $artifact.Uri"),
        new("Save-RunAiArtifact", "Save-RunAiArtifact -Uri $artifact.Uri -Destination \"$f/saved\" -Force"),
        new("Publish-RunAiArtifact", "Publish-RunAiArtifact \"$f/data\" -Name again"),
        new("Get-RunAiWorkload", "Get-RunAiWorkload; Get-RunAiWorkload -WorkloadId $run.WorkloadId"),
        new("Get-RunAiWorkloadEvent", "Get-RunAiWorkloadEvent $run.WorkloadId"),
        new("Get-RunAiWorkloadHistory", "Get-RunAiWorkloadHistory $run.WorkloadId"),
        new("Watch-RunAiWorkload", "Watch-RunAiWorkload $run.WorkloadName -Until Ended -Interval 0.2"),
        new("Get-RunAiWorkloadLog", "Get-RunAiWorkloadLog $run.WorkloadId"),
        new("Get-RunAiWorkloadPod", "Get-RunAiWorkloadPod $run.WorkloadId"),
        new("Get-RunAiWorkloadDiagnosis", "Get-RunAiWorkloadDiagnosis $run.WorkloadId"),
        new("Get-RunAiProject", "Get-RunAiProject"),
        new("Get-RunAiCluster", "Get-RunAiCluster"),
        new("Get-RunAiNodePool", "Get-RunAiNodePool"),
        new("Get-RunAiNode", "Get-RunAiNode"),
        new("Get-RunAiWorkloadTemplate", "Get-RunAiWorkloadTemplate"),
        new("Get-RunAiWorkloadMetric", "Get-RunAiWorkloadMetric $run.WorkloadId"),
        new("Format-RunAiMetric", "Get-RunAiWorkloadMetric $run.WorkloadId | Format-RunAiMetric"),
        new("Measure-RunAiWorkload", "Measure-RunAiWorkload $run.WorkloadId"),
        new(
            "Export-RunAiReport",
            "$run.RunId | Export-RunAiReport -Path \"$f/report.html\"; [System.IO.File]::ReadAllText(\"$f/report.html\")"),
        new("Get-RunAiWorkloadTemplate", "Get-RunAiWorkloadTemplate"),
        new(
            "Invoke-RunAiRestMethod",
            "Invoke-RunAiRestMethod /api/v1/workload-types; (Invoke-RunAiRestMethod /api/v1/workloads -All).name"),
        new("Show-RunAiWorkload", "Show-RunAiWorkload $run.WorkloadId -PassThru"),
        new("Wait-RunAiWorkload", "Wait-RunAiWorkload $run.WorkloadId"),
        new("Stop-RunAiWorkload", "$long = Submit-RunAiStep long -StepOperator gpu -Image busybox -Settings $settings -Command sleep, 600; "
            + "($long, $run)[!$long] | Stop-RunAiWorkload -PassThru"),
        new("Resume-RunAiWorkload", "($long, $run)[!$long] | Resume-RunAiWorkload"),
        new("Remove-RunAiWorkload", "($long, $run)[!$long] | Remove-RunAiWorkload -Confirm:$false -PassThru"),
    ];

    /// <summary>Takes everything away again.</summary>
    public static IReadOnlyList<Drive> TearDown { get; } =
    [
        new("Remove-RunAiStepRun", "Remove-RunAiStepRun $run.RunId -Force -Confirm:$false"),
        new("Start-RunAiEmulator", "$emulator = Start-RunAiEmulator; $emulator"),
        new("Get-RunAiEmulator", "Get-RunAiEmulator"),
        new("Initialize-RunAi", "Initialize-RunAi offline -Emulator -WhatIf"),
        new("Stop-RunAiEmulator", "$emulator | Stop-RunAiEmulator"),
        new("Unregister-RunAiStack", "Unregister-RunAiStack all"),
        new("Unregister-RunAiImageBuilder", "Unregister-RunAiImageBuilder layers"),
        new("Unregister-RunAiContainerRegistry", "Unregister-RunAiContainerRegistry images"),
        new("Unregister-RunAiArtifactStore", "Unregister-RunAiArtifactStore data"),
        new("Unregister-RunAiStepOperator", "Unregister-RunAiStepOperator gpu"),
        new("Disconnect-RunAi", "Disconnect-RunAi"),
    ];

    /// <summary>Cmdlets that are not driven, each with the reason.</summary>
    public static IReadOnlyDictionary<string, string> Excused { get; } = new Dictionary<string, string>();

    public static IEnumerable<Drive> All => Setup.Concat(Use).Concat(TearDown);
}
