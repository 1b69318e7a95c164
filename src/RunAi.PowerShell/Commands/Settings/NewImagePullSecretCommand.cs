using System.Management.Automation;
using RunAi.Steps;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Makes an image pull secret: the name of a secret of the cluster that the image is pulled with.</para>
/// <para type="description">Goes into -ImagePullSecret of New-RunAiStepSettings, as do a name and a hashtable with the same keys.</para>
/// </summary>
/// <example>
/// <para>Name a secret that belongs to the user</para>
/// <code test="emulator">New-RunAiImagePullSecret my-registry -UserCredential</code>
/// <para>An image pull secret comes back that refers to a credential of the user, not of the project.</para>
/// </example>
/// <example>
/// <para>Pull with several secrets</para>
/// <code test="emulator">New-RunAiStepSettings -ImagePullSecret regcred, (New-RunAiImagePullSecret my-registry -UserCredential)</code>
/// <para>Step settings come back with both secrets.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "RunAiImagePullSecret")]
[OutputType(typeof(ImagePullSecret))]
public sealed class NewImagePullSecretCommand : SettingGroupCommand
{
    /// <summary><para type="description">The name of the secret in the cluster.</para></summary>
    [Parameter(Position = 0)]
    public string? Name { get; set; }

    /// <summary><para type="description">The secret is a credential of a user, whom alone it serves.</para></summary>
    [Parameter]
    [Alias("user_credential")]
    public SwitchParameter UserCredential { get; set; }

    /// <summary><para type="description">Takes the one of this name out of what the project's policy adds.</para></summary>
    [Parameter]
    public SwitchParameter Exclude { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<SettingSchema> Kinds => [GroupSchemas.ImagePullSecret];
}
