namespace RunAi.Images;

/// <summary>Says on Windows PowerShell that container engines are spoken to on PowerShell 7 alone.</summary>
internal sealed class DockerImageBuilder
{
    public DockerImageBuilder(IRegistryCredentials credentials, LayerCache cache, Func<string, string?> environment, IActivityLog log)
    {
    }

    /// <exception cref="ImageBuildException"><see cref="ErrorIds.MissingDependency"/>, always.</exception>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1822", Justification = "The other edition's twin has state.")]
    public Task<EngineImage> BuildAsync(
        ImageBuilder builder, string folder, ImagePlatform platform, Action<ImageProgress> tell, CancellationToken ct) =>
        throw new ImageBuildException(
            ErrorIds.MissingDependency,
            "Windows PowerShell cannot build a Dockerfile. Use PowerShell 7.4 or later, or an image builder of the flavor Layer, "
            + "which works here.")
        {
            Target = builder.Name,
        };
}
