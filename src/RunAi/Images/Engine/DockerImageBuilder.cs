using Docker.DotNet;
using Docker.DotNet.Models;
using RunAi.Content;
using RunAi.Files;
using RunAi.Http;
using RunAi.Redaction;

namespace RunAi.Images;

/// <summary>
/// Builds a Dockerfile through a container engine. The result is read back and pushed by our own client: the engine needs no
/// credential of the registry, and the digest is known for certain.
/// </summary>
internal sealed class DockerImageBuilder
{
    private const string Repository = "localhost/runai-build";
    private readonly IRegistryCredentials _credentials;
    private readonly LayerCache _cache;
    private readonly Func<string, string?> _environment;
    private readonly IActivityLog _log;

    public DockerImageBuilder(IRegistryCredentials credentials, LayerCache cache, Func<string, string?> environment, IActivityLog log)
    {
        _credentials = credentials;
        _cache = cache;
        _environment = environment;
        _log = log;
    }

    /// <summary>Builds, and reads the image. The engine keeps it under one tag for each folder, for the next build's sake.</summary>
    /// <exception cref="ImageBuildException">
    /// <see cref="ErrorIds.ContainerEngineUnreachable"/>, or <see cref="ErrorIds.ImageBuildFailed"/> with what the engine said last.
    /// </exception>
    public async Task<EngineImage> BuildAsync(
        ImageBuilder builder, string folder, ImagePlatform platform, Action<ImageProgress> tell, CancellationToken ct)
    {
        var endpoint = EngineEndpoint.Resolve(builder.Endpoint, _environment);
        var context = BuildContext.Read(folder, builder.Dockerfile, _log, ct);
        var logins = await LoginsAsync(context, ct).ConfigureAwait(false);
        try
        {
            using var client = new DockerClientBuilder().WithEndpoint(endpoint).WithTimeout(Timeout.InfiniteTimeSpan).Build();
            var id = await BuildAsync(
                client, builder, context, Parameters(builder, folder, context, platform), logins, tell, ct).ConfigureAwait(false);
            tell(new ImageProgress("Reading the image from the container engine", 8));
            using var archive = await client.Images.SaveImageAsync(id, ct).ConfigureAwait(false);
            return await ReadAsync(archive, ct).ConfigureAwait(false);
        }
        catch (DockerApiException refused)
        {
            throw new ImageBuildException(
                ErrorIds.ImageBuildFailed,
                $"The container engine at {endpoint} refused: {CleanText.Of(refused.ResponseBody ?? refused.Message)}", refused)
            {
                Target = endpoint.ToString(),
            };
        }
        catch (Exception cause) when (RegistryTransport.IsTrouble(cause) || cause is System.Net.Sockets.SocketException)
        {
            throw EngineEndpoint.Unreachable(endpoint.ToString(), ConnectionErrors.Describe(cause), cause);
        }
    }

    /// <summary>The engine's stream can be read asynchronously only, which the reader of archives does not: it reads a file.</summary>
    private async Task<EngineImage> ReadAsync(Stream archive, CancellationToken ct)
    {
        var spool = BlobFile.NewTemporary();
        try
        {
            using var file = FilePlatform.OpenPrivate(spool, FileMode.CreateNew);
            await archive.CopyToAsync(file, 1 << 16, ct).ConfigureAwait(false);
            file.Position = 0;
            return await Task.Run(() => EngineImage.Read(file, _cache, ct), ct).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(spool);
        }
    }

    private async Task<string> BuildAsync(
        DockerClient client,
        ImageBuilder builder,
        BuildContext context,
        ImageBuildParameters parameters,
        IReadOnlyList<AuthConfig> logins,
        Action<ImageProgress> tell,
        CancellationToken ct)
    {
        var output = new BuildOutput(_log, tell);
        await context.SendAsync(
            stream => client.Images.BuildImageFromDockerfileAsync(parameters, stream, logins, new Dictionary<string, string>(), output, ct),
            ct).ConfigureAwait(false);
        return output.Error is null && output.ImageId is { } id
            ? id
            : throw new ImageBuildException(
                ErrorIds.ImageBuildFailed,
                $"The container engine did not build {context.Dockerfile}: {output.Error ?? "it named no image"}. What it said "
                + $"last:\n{output.LastLines}")
            {
                Target = builder.Name,
            };
    }

    private static ImageBuildParameters Parameters(ImageBuilder builder, string folder, BuildContext context, ImagePlatform platform) =>
        new()
        {
            Dockerfile = context.Dockerfile,
            Target = builder.Target,
            BuildArgs = builder.BuildArguments.ToDictionary(buildArgument => buildArgument.Key, buildArgument => buildArgument.Value),
            Platform = platform.ToString(),
            Remove = true,
            ForceRemove = true,
            Tags = [$"{Repository}:{Tag($"{folder}\n{context.Dockerfile}\n{builder.Target}")}"],
        };

    private static string Tag(string what) => Digest.Hex(Digest.Of(System.Text.Encoding.UTF8.GetBytes(what))).Substring(0, 16);

    /// <summary>The engine gets the credentials of the registries that the Dockerfile names, and no others.</summary>
    private async Task<IReadOnlyList<AuthConfig>> LoginsAsync(BuildContext context, CancellationToken ct)
    {
        var logins = new List<AuthConfig>();
        foreach (var registry in DockerfileImages.Registries(context.Text))
        {
            if (await FindAsync(registry, ct).ConfigureAwait(false) is { } found)
            {
                var address = registry == ImageReference.DockerHub ? "https://index.docker.io/v1/" : registry;
                logins.Add(found.IsIdentityToken
                    ? new AuthConfig { ServerAddress = address, IdentityToken = found.Password.Reveal() }
                    : new AuthConfig { ServerAddress = address, Username = found.UserName, Password = found.Password.Reveal() });
            }
        }

        return logins;
    }

    private async Task<RegistryCredential?> FindAsync(string registry, CancellationToken ct)
    {
        try
        {
            return await _credentials.FindAsync(registry, "", ct).ConfigureAwait(false);
        }
        catch (DockerLoginException failed)
        {
            _log.Warning($"{failed.Message} The container engine asks {registry} without a credential.");
            return null;
        }
    }
}
