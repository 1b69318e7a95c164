using System.Collections;

namespace RunAi.PowerShell.Binding;

/// <summary>The keys of a hashtable in the place of <see cref="RunAi.Mount"/>.</summary>
public sealed class MountInput : GroupInput
{
    /// <inheritdoc cref="RunAi.Mount.Path"/>
    public string? Path { get; set; }

    /// <inheritdoc cref="RunAi.Mount.ReadOnly"/>
    public bool? ReadOnly { get; set; }

    /// <inheritdoc cref="RunAi.Mount.ClaimName"/>
    public string? ClaimName { get; set; }

    /// <inheritdoc cref="RunAi.Mount.ExistingPvc"/>
    public bool? ExistingPvc { get; set; }

    /// <inheritdoc cref="RunAi.Mount.Ephemeral"/>
    public bool? Ephemeral { get; set; }

    /// <inheritdoc cref="RunAi.Mount.DataSharing"/>
    public bool? DataSharing { get; set; }

    /// <inheritdoc cref="RunAi.Mount.Size"/>
    public string? Size { get; set; }

    /// <inheritdoc cref="RunAi.Mount.StorageClass"/>
    public string? StorageClass { get; set; }

    /// <inheritdoc cref="RunAi.Mount.AccessMode"/>
    public string[]? AccessMode { get; set; }

    /// <inheritdoc cref="RunAi.Mount.VolumeMode"/>
    public string? VolumeMode { get; set; }

    /// <inheritdoc cref="RunAi.Mount.ConfigMap"/>
    public string? ConfigMap { get; set; }

    /// <inheritdoc cref="RunAi.Mount.SubPath"/>
    public string? SubPath { get; set; }

    /// <inheritdoc cref="RunAi.Mount.DefaultMode"/>
    public string? DefaultMode { get; set; }

    /// <inheritdoc cref="RunAi.Mount.Secret"/>
    public string? Secret { get; set; }

    /// <inheritdoc cref="RunAi.Mount.Server"/>
    public string? Server { get; set; }

    /// <inheritdoc cref="RunAi.Mount.Export"/>
    public string? Export { get; set; }

    /// <inheritdoc cref="RunAi.Mount.HostPath"/>
    public string? HostPath { get; set; }

    /// <inheritdoc cref="RunAi.Mount.MountPropagation"/>
    public string? MountPropagation { get; set; }

    /// <inheritdoc cref="RunAi.Mount.Bucket"/>
    public string? Bucket { get; set; }

    /// <inheritdoc cref="RunAi.Mount.Url"/>
    public string? Url { get; set; }

    /// <inheritdoc cref="RunAi.Mount.AccessKeySecret"/>
    public string? AccessKeySecret { get; set; }

    /// <inheritdoc cref="RunAi.Mount.AccessKeyIdKey"/>
    public string? AccessKeyIdKey { get; set; }

    /// <inheritdoc cref="RunAi.Mount.SecretKeyKey"/>
    public string? SecretKeyKey { get; set; }

    /// <inheritdoc cref="RunAi.Mount.Repository"/>
    public string? Repository { get; set; }

    /// <inheritdoc cref="RunAi.Mount.Branch"/>
    public string? Branch { get; set; }

    /// <inheritdoc cref="RunAi.Mount.Revision"/>
    public string? Revision { get; set; }

    /// <inheritdoc cref="RunAi.Mount.SecretName"/>
    public string? SecretName { get; set; }

    /// <inheritdoc cref="RunAi.Mount.AuthenticationMethod"/>
    public string? AuthenticationMethod { get; set; }

    /// <inheritdoc cref="RunAi.Mount.UserKey"/>
    public string? UserKey { get; set; }

    /// <inheritdoc cref="RunAi.Mount.PasswordKey"/>
    public string? PasswordKey { get; set; }

    /// <inheritdoc cref="RunAi.Mount.Medium"/>
    public string? Medium { get; set; }

    /// <inheritdoc cref="RunAi.Mount.SizeLimit"/>
    public string? SizeLimit { get; set; }

    /// <inheritdoc cref="RunAi.Mount.DataVolumeId"/>
    public string? DataVolumeId { get; set; }

    /// <inheritdoc cref="RunAi.Mount.Name"/>
    public string? Name { get; set; }

    /// <inheritdoc cref="RunAi.Mount.Exclude"/>
    public bool? Exclude { get; set; }

    /// <inheritdoc cref="RunAi.Mount.Attribute"/>
    public IDictionary? Attribute { get; set; }
}
