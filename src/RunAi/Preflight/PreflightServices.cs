using RunAi.Artifacts;
using RunAi.Images;
using RunAi.Operators;
using RunAi.Secrets;

namespace RunAi.Preflight;

/// <summary>How checks reach what they look at.</summary>
internal sealed class PreflightServices
{
    /// <summary>Connects a step operator.</summary>
    public required Func<StepOperator, CancellationToken, Task<StepOperatorConnection>> Connect { get; init; }

    /// <summary>Opens an artifact store.</summary>
    public required Func<ArtifactStore, CancellationToken, Task<IArtifactStore>> OpenStore { get; init; }

    /// <summary>Opens registries.</summary>
    public required RegistryHosts Hosts { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Resolves references to secrets.</summary>
    public required SecretResolver Secrets { get; init; }
}
