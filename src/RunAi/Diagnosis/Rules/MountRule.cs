namespace RunAi.Diagnosis.Rules;

/// <summary>
/// A volume, secret or config map is not available. Reasons of the kubelet, the volume controllers and the scheduler (Kubernetes,
/// pkg/kubelet/events/event.go, pkg/controller/volume/events/event.go): <c>FailedMount</c>, <c>FailedAttachVolume</c>,
/// <c>FailedMapVolume</c>, <c>FailedBinding</c>, <c>ProvisioningFailed</c>, <c>CreateContainerConfigError</c>.
/// </summary>
internal sealed class MountRule : DiagnosisRule
{
    private static readonly EvidencePattern Mount = new(
        [
            "FailedMount", "FailedAttachVolume", "FailedMapVolume", "FailedBinding", "ProvisioningFailed", "VolumeMismatch",
            "CreateContainerConfigError",
        ],
        @"MountVolume\.\w+ failed|unable to attach or mount volumes|persistentvolumeclaims? ""[^""]*"" not found"
        + @"|unbound immediate PersistentVolumeClaims|volume node affinity conflict|\bCreateContainerConfigError\b"
        + @"|\b(?:secret|configmap) ""[^""]*"" not found");

    private static readonly EvidencePattern Absent = new([], @"not found|doesn't exist|does not exist|no such file");

    public override Finding? Examine(DiagnosisInput input)
    {
        var found = input.IsWaiting || input.HasFailed ? input.Find(Mount) : [];
        if (found.Count == 0)
        {
            return null;
        }

        return found.Any(Absent.AreIn)
            ? new Finding(
                DiagnosisCause.Mount,
                "A volume, secret or config map that it mounts or refers to does not exist in the project.",
                found,
                "Correct its name in the step's mounts or environment, or have it created in the project.")
            : new Finding(
                DiagnosisCause.Mount,
                "A volume cannot be attached or mounted.",
                found,
                "Check that the storage is reachable from the nodes and not held elsewhere (a ReadWriteOnce volume serves one node).",
                "Ask for a node pool that reaches it: New-RunAiStepSettings -NodePools POOL.")
            {
                IsTransient = true,
            };
    }
}
