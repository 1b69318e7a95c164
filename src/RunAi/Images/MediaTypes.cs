namespace RunAi.Images;

/// <summary>The media types of manifests and layers, in Docker's image format 2 and OCI's 1.</summary>
internal static class MediaTypes
{
    public const string OciIndex = "application/vnd.oci.image.index.v1+json";
    public const string OciManifest = "application/vnd.oci.image.manifest.v1+json";
    public const string OciConfig = "application/vnd.oci.image.config.v1+json";
    public const string OciLayer = "application/vnd.oci.image.layer.v1.tar+gzip";
    public const string DockerIndex = "application/vnd.docker.distribution.manifest.list.v2+json";
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
    public const string DockerConfig = "application/vnd.docker.container.image.v1+json";
    public const string DockerLayer = "application/vnd.docker.image.rootfs.diff.tar.gzip";

    /// <summary>What a manifest may be answered as.</summary>
    public static IReadOnlyList<string> Manifests { get; } = [OciIndex, OciManifest, DockerIndex, DockerManifest];

    /// <summary>A layer that may not be distributed (OCI image specification, layers; Docker's foreign layers).</summary>
    public static bool IsUndistributed(string type) =>
        type.StartsWith("application/vnd.oci.image.layer.nondistributable.v1.", StringComparison.Ordinal)
        || type == "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";

    public static bool IsIndex(string type) => type is OciIndex or DockerIndex;

    public static bool IsManifest(string type) => type is OciManifest or DockerManifest;
}
