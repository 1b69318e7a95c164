using RunAi.Secrets;

namespace RunAi.Images;

/// <summary>Credentials of the registries registered with RunAi, and for all others those of <c>docker login</c>.</summary>
internal sealed class RegistryCredentials : IRegistryCredentials
{
    private readonly IReadOnlyList<ContainerRegistry> _registered;
    private readonly SecretResolver _secrets;
    private readonly DockerLogin _docker;

    public RegistryCredentials(IReadOnlyList<ContainerRegistry> registered, SecretResolver secrets, DockerLogin docker)
    {
        _registered = registered;
        _secrets = secrets;
        _docker = docker;
    }

    public bool AllowsHttp(string registry) => Of(registry).Any(containerRegistry => containerRegistry.AllowInsecureHttp);

    /// <summary>Of several registered with one host, the one whose repository is nearest counts.</summary>
    public async Task<RegistryCredential?> FindAsync(string registry, string repository, CancellationToken ct) =>
        Of(registry).Where(registered => registered.Credential is not null)
            .OrderByDescending(registered => Nearness(registered, repository)).FirstOrDefault() is { } containerRegistry
            ? await ResolveAsync(containerRegistry, ct).ConfigureAwait(false)
            : await _docker.FindAsync(registry, repository, ct).ConfigureAwait(false);

    private static int Nearness(ContainerRegistry registered, string repository) =>
        ImageReference.TryParse(registered.Uri, out var place)
        && (repository + "/").StartsWith(place.Repository + "/", StringComparison.Ordinal)
            ? place.Repository.Length
            : 0;

    private IEnumerable<ContainerRegistry> Of(string registry) =>
        _registered.Where(containerRegistry => containerRegistry.Host is { } host
            && host.Equals(registry, StringComparison.OrdinalIgnoreCase));

    private async Task<RegistryCredential> ResolveAsync(ContainerRegistry containerRegistry, CancellationToken ct)
    {
        var reference = SecretReference.Parse(containerRegistry.Credential!);
        var password = await _secrets.ResolveAsync(reference, SecretIntent.Secret, ct).ConfigureAwait(false);
        if (containerRegistry.UserName is { } given)
        {
            var user = SecretReference.TryParse(given, out var userReference, out _)
                ? (await _secrets.ResolveAsync(userReference, SecretIntent.ClientId, ct).ConfigureAwait(false)).Reveal()
                : given;
            return new RegistryCredential(user, password);
        }

        var name = await _secrets.ResolveAsync(reference, SecretIntent.ClientId, ct).ConfigureAwait(false);
        if (!name.SameAs(password))
        {
            return new RegistryCredential(name.Reveal(), password);
        }

        var colon = password.Reveal().IndexOf(':');
        return colon > 0
            ? new RegistryCredential(password.Reveal().Substring(0, colon), new SecretText(password.Reveal().Substring(colon + 1)))
            : throw new ImageBuildException(
                ErrorIds.RegistryAuthenticationFailed,
                $"The secret {reference} of the container registry '{containerRegistry.Name}' is a password without a user name. Name "
                + $"the user with Register-RunAiContainerRegistry {containerRegistry.Name} -UserName NAME -Force, or store a PSCredential "
                + "or the text 'user:password'.")
            {
                Target = containerRegistry.Name,
            };
    }
}
