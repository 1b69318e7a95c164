namespace RunAi.Images;

/// <summary>What is known of the registries a user has to do with.</summary>
internal interface IRegistryCredentials
{
    /// <summary>The credential for a repository; null to ask as anybody.</summary>
    /// <param name="registry">The registry's host and port, as image names have them.</param>
    /// <param name="repository">The repository's path in it.</param>
    /// <param name="ct">Ends the search.</param>
    /// <exception cref="DockerLoginException">What <c>docker login</c> keeps cannot be read; the registry may serve anybody.</exception>
    Task<RegistryCredential?> FindAsync(string registry, string repository, CancellationToken ct);

    /// <summary>True when the user allowed http for a registry that is not on the loopback interface.</summary>
    bool AllowsHttp(string registry);
}
