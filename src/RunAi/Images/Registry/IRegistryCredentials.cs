namespace RunAi.Images;

/// <summary>What is known of the registries a user has to do with.</summary>
internal interface IRegistryCredentials
{
    /// <summary>The credential for a registry, by the host and port of image names; null to ask as anybody.</summary>
    Task<RegistryCredential?> FindAsync(string registry, CancellationToken ct);

    /// <summary>True when the user allowed http for a registry that is not on the loopback interface.</summary>
    bool AllowsHttp(string registry);
}
