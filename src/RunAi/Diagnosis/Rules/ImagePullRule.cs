using RunAi.Redaction;

namespace RunAi.Diagnosis.Rules;

/// <summary>
/// The image cannot be pulled. Reasons and phrases of the kubelet (Kubernetes, pkg/kubelet/images/types.go and events/event.go):
/// <c>ErrImagePull</c>, <c>ImagePullBackOff</c>, <c>InvalidImageName</c>, <c>ErrImageNeverPull</c>, <c>ImageInspectError</c>,
/// <c>RegistryUnavailable</c>; events <c>Failed</c> "Failed to pull image", <c>BackOff</c> "Back-off pulling image".
/// </summary>
internal sealed class ImagePullRule : DiagnosisRule
{
    private static readonly EvidencePattern Pull = new(
        ["ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "ImageInspectError", "RegistryUnavailable"],
        @"failed to pull(?: and unpack)? image|back-off pulling image|\bErrImagePull\b|\bImagePullBackOff\b|\bInvalidImageName\b"
        + @"|\bErrImageNeverPull\b");

    private static readonly EvidencePattern Denied = new(
        [], @"unauthori[sz]ed|authentication required|access denied|denied:|\b40[13]\b|no basic auth|forbidden");
    private static readonly EvidencePattern Absent = new(
        [], @"not found|manifest unknown|does not exist|name unknown|no such image|\b404\b|no match for platform");
    private static readonly EvidencePattern Name = new(
        ["InvalidImageName"], @"invalid reference format|couldn't parse image|\bInvalidImageName\b");
    private static readonly EvidencePattern Passing = new(
        ["RegistryUnavailable"],
        @"toomanyrequests|too many requests|rate limit|\b(?:429|50[0234])\b|timeout|timed out|deadline exceeded"
        + @"|connection (?:refused|reset)|no such host|unexpected EOF|tls handshake|temporar");

    public override Finding? Examine(DiagnosisInput input)
    {
        if (!input.IsWaiting && !input.HasFailed)
        {
            return null;
        }

        var found = input.Find(Pull);
        if (found.Count == 0)
        {
            return null;
        }

        var image = input.Workload.Image is { Length: > 0 } named ? $"image '{CleanText.Of(named, 200)}'" : "image";
        return found switch
        {
            _ when found.Any(Name.AreIn) => new Finding(
                DiagnosisCause.ImagePull, $"The {image} has no valid name.", found,
                "Correct the name after -Image: registry/repository:tag."),
            _ when found.Any(Denied.AreIn) => new Finding(
                DiagnosisCause.ImagePull,
                $"The cluster may not pull the {image}: its registry asks for credentials or refuses them.",
                found,
                "Name a pull secret of the project: Set-RunAiStepOperator NAME -ImagePullSecretName SECRET.",
                "Or have the administrator add the registry's credentials to the project."),
            _ when found.Any(Absent.AreIn) => new Finding(
                DiagnosisCause.ImagePull,
                $"The {image} is not in its registry, or not for this platform.",
                found,
                "Check the name and tag after -Image; Publish-RunAiStepImage pushes an image and gives its exact reference."),
            _ => new Finding(
                DiagnosisCause.ImagePull,
                $"The {image} cannot be pulled now: its registry does not answer as it should.",
                found,
                "The cluster goes on trying. If it does not pass, check that the cluster's nodes reach the registry.",
                "Use a registry near the cluster, or one without a rate limit: Register-RunAiContainerRegistry.")
            {
                IsTransient = found.Any(Passing.AreIn),
            },
        };
    }
}
