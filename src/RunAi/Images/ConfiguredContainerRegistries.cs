using RunAi.Configuration;
using RunAi.Secrets;

namespace RunAi.Images;

/// <summary>Container registries in the configuration file, and their rules.</summary>
internal static class ConfiguredContainerRegistries
{
    private const string Example = "Give a repository such as myorg.azurecr.io/steps, or a folder as oci:PATH.";

    private static readonly ComponentKind<ContainerRegistry> Kind = new()
    {
        Section = "containerRegistries",
        Words = "container registry",
        NotFoundId = ErrorIds.ContainerRegistryNotFound,
        ExistsId = ErrorIds.ContainerRegistryExists,
        HowToRegister = "Register-RunAiContainerRegistry {0} -Uri HOST/REPOSITORY",
        Read = (name, json, faults) => new ContainerRegistry
        {
            Name = name,
            Uri = ComponentJson.Text(json, "uri", faults) ?? "",
            UserName = ComponentJson.Text(json, "userName", faults),
            Credential = ComponentJson.Text(json, "credential", faults),
            AllowInsecureHttp = ComponentJson.Switch(json, "allowInsecureHttp", faults),
        },
        Write = (registry, json) =>
        {
            ComponentJson.Put(json, "uri", registry.Uri);
            ComponentJson.Put(json, "userName", registry.UserName);
            ComponentJson.Put(json, "credential", registry.Credential);
            ComponentJson.Put(json, "allowInsecureHttp", registry.AllowInsecureHttp);
        },
        Check = Check,
    };

    public static ComponentSection<ContainerRegistry> In(ConfigurationFile file) => new(file, Kind);

    /// <summary>Puts the place in its one form and checks all rules.</summary>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.InvalidContainerRegistry"/>.</exception>
    public static void Check(ContainerRegistry registry)
    {
        if (registry.Uri.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            registry.Uri = registry.Uri.Substring("https://".Length);
        }

        registry.Uri = registry.Uri.TrimEnd('/');
        if (ComponentName.Fault(registry.Name) is { } name)
        {
            throw Invalid(registry, name);
        }

        if (UriFault(registry.Uri) is { } uri)
        {
            throw Invalid(registry, uri);
        }

        if (registry.Credential is not null && !SecretReference.TryParse(registry.Credential, out _, out _))
        {
            throw Invalid(registry, "The credential is not a reference: a secret is not taken as plain text and was not kept. Give "
                + "-Credential a reference such as '{{acr_push}}' or '{{env:NAME}}', a PSCredential, or a SecureString with -UserName.");
        }

        if (registry.UserName is not null && registry.Credential is null)
        {
            throw Invalid(registry, "A user name was given without -Credential. Give both, or neither to use what 'docker login' keeps.");
        }
    }

    private static string? UriFault(string uri)
    {
        if (uri.Contains('@'))
        {
            return "The address must name neither a user nor a digest. " + Example;
        }

        if (uri.StartsWith(ImageLocation.LayoutScheme, StringComparison.OrdinalIgnoreCase))
        {
            return uri.Length > ImageLocation.LayoutScheme.Length ? null : $"'{uri}' names no folder. {Example}";
        }

        return !ImageReference.TryParse(uri, out var reference) ? $"'{uri}' is no place for images. {Example}"
            : reference.Tag is not null ? $"'{uri}' has a tag, or a port without a repository. {Example}"
            : null;
    }

    private static ConfigurationException Invalid(ContainerRegistry registry, string message) =>
        new(ErrorIds.InvalidContainerRegistry, message) { Target = registry.Name };
}
