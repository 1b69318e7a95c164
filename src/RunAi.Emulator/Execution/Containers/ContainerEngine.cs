using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Docker.DotNet;
using Docker.DotNet.Models;
using RunAi.Emulator.CommandLine;
using RunAi.Emulator.Execution.Images;

namespace RunAi.Emulator.Execution.Containers;

/// <summary>A Docker-compatible engine behind its socket: Docker's own or Podman's.</summary>
internal sealed class ContainerEngine(Uri address) : IDisposable
{
    private readonly DockerClient _client = new DockerClientBuilder().WithEndpoint(address).Build();

    /// <summary>Where the engine listens: what was asked for, else $DOCKER_HOST, else the system's usual place.</summary>
    /// <exception cref="OptionException">It is no address.</exception>
    public static Uri AddressOf(string? wanted)
    {
        var text = wanted ?? Environment.GetEnvironmentVariable("DOCKER_HOST");
        if (string.IsNullOrEmpty(text))
        {
            text = OperatingSystem.IsWindows() ? "npipe://./pipe/docker_engine" : "unix:///var/run/docker.sock";
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "unix" or "tcp" or "http" or "https" or "npipe"
            ? address
            : throw new OptionException($"'{text}' is no engine's address, such as unix:///var/run/docker.sock or tcp://127.0.0.1:2375.");
    }

    /// <summary>Whether it can hold containers to a limit of memory and of processor time.</summary>
    public async Task<(bool Memory, bool Cpu)> LimitsAsync(CancellationToken cancellation) => await TryAsync(async () =>
    {
        var info = await _client.System.GetSystemInfoAsync(cancellation).ConfigureAwait(false);
        return (info.MemoryLimit, info.CPUCfsQuota);
    }).ConfigureAwait(false);

    public Task<bool> HasImageAsync(string image, CancellationToken cancellation) => TryAsync(async () =>
    {
        try
        {
            await _client.Images.InspectImageAsync(image, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    });

    public Task PullAsync(string repository, string reference, RegistryLogin? login, CancellationToken cancellation) => TryAsync(async () =>
    {
        var trouble = new Trouble();
        await _client.Images.CreateImageAsync(
            new ImagesCreateParameters { FromImage = repository, Tag = reference }, Auth(repository, login), trouble,
            cancellation).ConfigureAwait(false);
        return trouble.Check();
    });

    /// <summary>Takes in an archive of images.</summary>
    public Task LoadAsync(Stream archive, CancellationToken cancellation) => TryAsync(async () =>
    {
        var trouble = new Trouble();
        await _client.Images.LoadImageAsync(new ImageLoadParameters { Quiet = true }, archive, trouble, cancellation).ConfigureAwait(false);
        return trouble.Check();
    });

    public Task<string> CreateAsync(CreateContainerParameters container, CancellationToken cancellation) => TryAsync(async () =>
        (await _client.Containers.CreateContainerAsync(container, cancellation).ConfigureAwait(false)).ID);

    public Task StartAsync(string id, CancellationToken cancellation) => TryAsync(() =>
        _client.Containers.StartContainerAsync(id, new ContainerStartParameters(), cancellation));

    /// <summary>Copies what the container writes, from its start to its end.</summary>
    public Task FollowAsync(string id, Stream log, CancellationToken cancellation) => TryAsync(async () =>
    {
        var parameters = new ContainerLogsParameters { ShowStdout = true, ShowStderr = true, Follow = true };
        using var lines = await _client.Containers.GetContainerLogsAsync(id, parameters, cancellation).ConfigureAwait(false);
        await lines.CopyOutputToAsync(Stream.Null, log, log, cancellation).ConfigureAwait(false);
        return true;
    });

    /// <summary>Waits for its end; tells the exit code, and whether the system killed it for want of memory.</summary>
    public Task<(int ExitCode, bool OutOfMemory)> WaitAsync(string id, CancellationToken cancellation) => TryAsync(async () =>
    {
        var code = (await _client.Containers.WaitContainerAsync(id, cancellation).ConfigureAwait(false)).StatusCode;
        var state = (await _client.Containers.InspectContainerAsync(id, cancellation).ConfigureAwait(false)).State;
        return ((int)code, state?.OOMKilled == true);
    });

    /// <summary>Sends a signal; a container that has ended already is no error.</summary>
    public Task SignalAsync(string id, string signal) => TryAsync(async () =>
    {
        try
        {
            await _client.Containers.KillContainerAsync(id, new ContainerKillParameters { Signal = signal }, default).ConfigureAwait(false);
        }
        catch (DockerApiException e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            return false;
        }

        return true;
    });

    /// <summary>Removes a container with its volumes, running or not.</summary>
    public Task RemoveAsync(string id) => TryAsync(async () =>
    {
        try
        {
            await _client.Containers.RemoveContainerAsync(
                id, new ContainerRemoveParameters { Force = true, RemoveVolumes = true }, default).ConfigureAwait(false);
        }
        catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }

        return true;
    });

    /// <summary>The containers with a label of that value.</summary>
    public Task<List<string>> WithLabelAsync(string label, string value, CancellationToken cancellation) => TryAsync(async () =>
    {
        var parameters = new ContainersListParameters
        {
            All = true,
            Filters = new Dictionary<string, IDictionary<string, bool>>
            {
                ["label"] = new Dictionary<string, bool> { [$"{label}={value}"] = true },
            },
        };
        return (await _client.Containers.ListContainersAsync(parameters, cancellation).ConfigureAwait(false))
            .Select(container => container.ID).ToList();
    });

    public void Dispose() => _client.Dispose();

    private static AuthConfig Auth(string repository, RegistryLogin? login) => login switch
    {
        null => new AuthConfig(),
        { IsIdentityToken: true } => new AuthConfig { IdentityToken = login.Password, ServerAddress = repository.Split('/')[0] },
        _ => new AuthConfig { Username = login.UserName, Password = login.Password, ServerAddress = repository.Split('/')[0] },
    };

    /// <summary>Turns the library's and the connection's complaints into one kind, with the engine's own words.</summary>
    private async Task<T> TryAsync<T>(Func<Task<T>> request)
    {
        try
        {
            return await request().ConfigureAwait(false);
        }
        catch (DockerApiException e)
        {
            throw new EngineException(Words(e.ResponseBody) ?? $"status {(int)e.StatusCode}", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or System.Net.Sockets.SocketException or TimeoutException)
        {
            throw new EngineException($"the container engine at {address} cannot be reached: {e.Message}", e);
        }
    }

    private static string? Words(string? body)
    {
        try
        {
            return (string?)JsonNode.Parse(body ?? "")?["message"];
        }
        catch (JsonException)
        {
            return body;
        }
    }

    /// <summary>What an engine reports in the middle of an answer that began well.</summary>
    private sealed class Trouble : IProgress<JSONMessage>
    {
        private volatile string? _message;

        public void Report(JSONMessage value) => _message = value.Error?.Message ?? _message;

        public bool Check() => _message is null ? true : throw new EngineException(_message);
    }
}
