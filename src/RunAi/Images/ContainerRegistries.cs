using RunAi.Components;
using RunAi.Configuration;
using RunAi.Secrets;

namespace RunAi.Images;

/// <summary>Container registries in the configuration file, and their rules.</summary>
internal static class ContainerRegistries
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
        Write = (one, json) =>
        {
            ComponentJson.Put(json, "uri", one.Uri);
            ComponentJson.Put(json, "userName", one.UserName);
            ComponentJson.Put(json, "credential", one.Credential);
            ComponentJson.Put(json, "allowInsecureHttp", one.AllowInsecureHttp);
        },
        Check = Check,
    };

    public static ComponentSection<ContainerRegistry> In(ConfigurationFile file) => new(file, Kind);

    /// <summary>Puts the place in its one form and checks all rules.</summary>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.InvalidContainerRegistry"/>.</exception>
    public static void Check(ContainerRegistry one)
    {
        if (one.Uri.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            one.Uri = one.Uri.Substring("https://".Length);
        }

        one.Uri = one.Uri.TrimEnd('/');
        if (ComponentName.Fault(one.Name) is { } name)
        {
            throw Invalid(one, name);
        }

        if (UriFault(one.Uri) is { } uri)
        {
            throw Invalid(one, uri);
        }

        if (one.Credential is not null && !SecretReference.TryParse(one.Credential, out _, out _))
        {
            throw Invalid(one, "The credential is not a reference: a secret is not taken as plain text and was not kept. Give -Credential a reference such as "
                + "'{{acr_push}}' or '{{env:NAME}}', a PSCredential, or a SecureString with -UserName.");
        }

        if (one.UserName is not null && one.Credential is null)
        {
            throw Invalid(one, "A user name was given without -Credential. Give both, or neither to use what 'docker login' keeps.");
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

    private static ConfigurationException Invalid(ContainerRegistry one, string message) =>
        new(ErrorIds.InvalidContainerRegistry, message) { Target = one.Name };
}
