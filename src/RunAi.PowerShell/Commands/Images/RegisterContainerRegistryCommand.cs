using System.Management.Automation;
using RunAi.Images;
using RunAi.PowerShell.Secrets;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Registers a container registry: a named place for the images of steps.</para>
/// <para type="description">
/// It is kept in the configuration file with a reference to its secret, never the secret. Without a credential, what 'docker login'
/// keeps is used. Nothing is sent to the registry.
/// </para>
/// </summary>
/// <example>
/// <para>Register a registry with a reference to its credential</para>
/// <code test="emulator">Register-RunAiContainerRegistry acr -Uri myorg.azurecr.io/steps -Credential '{{acr_push}}'</code>
/// <para>The registry comes back with the reference. The password is read from the vault when an image is pushed.</para>
/// </example>
/// <example>
/// <para>Register a registry of this machine</para>
/// <code test="emulator">Register-RunAiContainerRegistry local -Uri localhost:5000/steps</code>
/// <para>The registry comes back. What docker login keeps for it is used, if anything.</para>
/// </example>
/// <example>
/// <para>Register a folder</para>
/// <code test="emulator">Register-RunAiContainerRegistry folder -Uri oci:./images</code>
/// <para>The registry comes back. Images are written as an OCI layout into the folder ./images.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Register, "RunAiContainerRegistry", SupportsShouldProcess = true)]
[OutputType(typeof(ContainerRegistry))]
public sealed class RegisterContainerRegistryCommand : RunAiCommand
{
    /// <summary><para type="description">The name of the container registry.</para></summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = "";

    /// <summary>
    /// <para type="description">The repository that images go to, such as myorg.azurecr.io/steps, or a folder in the OCI image layout as
    /// oci:PATH.</para>
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string Uri { get; set; } = "";

    /// <summary>
    /// <para type="description">A reference to a stored PSCredential, password or text 'user:password', such as {{acr_push}} or
    /// {{env:REGISTRY_LOGIN}}; or a PSCredential or SecureString, which is stored in the vault. Plain text is refused.</para>
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public object? Credential { get; set; }

    /// <summary><para type="description">The user name, or a reference to it, when the credential is a password alone.</para></summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? UserName { get; set; }

    /// <summary>
    /// <para type="description">The vault that a PSCredential or SecureString is stored in; the default vault otherwise.</para>
    /// </summary>
    [Parameter]
    public string? Vault { get; set; }

    /// <summary>
    /// <para type="description">Allows http for a registry that is not on the loopback interface; credentials then travel in clear.</para>
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SwitchParameter AllowInsecureHttp { get; set; }

    /// <summary><para type="description">Replaces a container registry of the same name.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// <para type="description">User: the container registry is kept in the configuration file, for all sessions. Session: it is kept in
    /// this session (the runspace) alone, with a secret that is given as an object; nothing of it is on disk, and no vault is needed. User
    /// by default.</para>
    /// </summary>
    [Parameter]
    public RegistrationScope Scope { get; set; }

    /// <inheritdoc/>
    protected override object? CurrentTarget => Name;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var secret = new GivenSecret(Credential, Vault, "runai-registry", Name, SecretsOf(Scope));
        var added = new ContainerRegistry
        {
            Name = Name,
            Uri = Location(),
            UserName = secret.UserName ?? (string.IsNullOrEmpty(UserName) ? null : UserName),
            Credential = secret.Reference,
            AllowInsecureHttp = AllowInsecureHttp,
        };
        ConfiguredContainerRegistries.Check(added);
        if (!ShouldProcess(added.Name, "Register the container registry"))
        {
            return;
        }

        var store = ConfigurationOf(GivenScope(Scope)).ContainerRegistries;
        store.EnsureFree(added.Name, Force);
        Await((context, token) => secret.StoreAsync(context.Vault, token));
        WriteObject(Await((_, token) => store.RegisterAsync(added.Name, added, Force, token)));
    }

    /// <summary>A layout's folder is kept by its full path, so that it is the same one from every folder.</summary>
    private string Location() =>
        Uri.StartsWith(ImageLocation.LayoutScheme, StringComparison.OrdinalIgnoreCase) && Uri.Length > ImageLocation.LayoutScheme.Length
            ? ImageLocation.LayoutScheme + SessionState.Path.GetUnresolvedProviderPathFromPSPath(
                Uri.Substring(ImageLocation.LayoutScheme.Length))
            : Uri;
}
