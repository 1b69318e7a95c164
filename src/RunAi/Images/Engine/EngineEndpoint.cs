using RunAi.Redaction;

namespace RunAi.Images;

/// <summary>
/// Where the container engine listens: what the user gave, else <c>DOCKER_HOST</c>, else the usual sockets of Docker and Podman.
/// </summary>
internal static class EngineEndpoint
{
    private const string Example = "Give a socket such as unix:///run/podman/podman.sock or npipe://./pipe/docker_engine.";

    /// <exception cref="ImageBuildException"><see cref="ErrorIds.ContainerEngineUnreachable"/>: none is named and none of the usual ones is
    /// there.</exception>
    public static Uri Resolve(string? given, Func<string, string?> environment)
    {
        var text = !string.IsNullOrEmpty(given) ? given! : environment("DOCKER_HOST");
        if (!string.IsNullOrEmpty(text))
        {
            return Parse(text!);
        }

        if (Path.DirectorySeparatorChar == '\\')
        {
            return new Uri("npipe://./pipe/docker_engine");
        }

        var sockets = new[]
        {
            "/var/run/docker.sock",
            environment("XDG_RUNTIME_DIR") is { Length: > 0 } own ? own + "/podman/podman.sock" : null,
            "/run/podman/podman.sock",
        }
            .OfType<string>().ToArray();
        return sockets.FirstOrDefault(File.Exists) is { } found
            ? new Uri("unix://" + found)
            : throw Unreachable(string.Join(", ", sockets), "there is no such socket", null);
    }

    /// <summary>The address, or the error of one that is none.</summary>
    /// <exception cref="ImageBuildException"><see cref="ErrorIds.ContainerEngineUnreachable"/>.</exception>
    public static Uri Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme is "unix" or "npipe" || (uri.Scheme is "tcp" or "http" && uri.IsLoopback))
            ? uri
            : throw new ImageBuildException(
                ErrorIds.ContainerEngineUnreachable,
                $"'{CleanText.Of(text, 200)}' is no container engine that is spoken to: a socket or pipe of this machine, or http on its "
                + $"loopback interface. {Example} Engines of other machines are reached through a tunnel of ssh.")
            {
                Target = text,
            };

    public static ImageBuildException Unreachable(string where, string why, Exception? cause) => new(
        ErrorIds.ContainerEngineUnreachable,
        $"No container engine answers at {where}: {why}. Start Docker or Podman ('podman system service'), name its socket with -Endpoint "
        + "or DOCKER_HOST, or use an image builder of the flavor Layer, which needs none.",
        cause)
    {
        Target = where,
    };
}
