using System.Text.Json.Nodes;
using RunAi.Emulator.CommandLine;
using RunAi.Emulator.Execution.Images;
using RunAi.Emulator.Seeding;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Execution.Containers;

/// <summary>
/// Runs each pod as a container of a Docker-compatible engine. Its containers carry labels, by which an emulator with the same
/// state file finds and removes what an earlier one left behind.
/// </summary>
internal sealed class ContainerExecutor : IExecutor
{
    private const string StateLabel = "runai-emulator.state";
    private const string WorkloadLabel = "runai-emulator.workload";

    private readonly Lock _lock = new();
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("runai-emulator-");
    private readonly ContainerEngine _engine;
    private readonly ContainerPlanner _planner;
    private readonly ImageStore _store;
    private readonly string _state;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _ending = new();
    private readonly Dictionary<Guid, PodContainer> _running = [];
    private readonly Dictionary<(Guid Workload, string? Pod), PodLog> _logs = [];
    private readonly Dictionary<Guid, PodLog> _podLogs = [];
    private readonly Dictionary<(Guid Workload, string Image), string> _images = [];
    private readonly List<Task> _pulls = [];
    private bool _disposed;

    /// <param name="engine">The engine.</param>
    /// <param name="statePath">The emulator's state file, by which it knows its containers again; null when it has none.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="logins">The user's own logins.</param>
    /// <param name="clock">The clock.</param>
    public ContainerExecutor(ContainerEngine engine, string? statePath, Seed seed, DockerLogins logins, TimeProvider clock)
    {
        _engine = engine;
        _state = statePath is null ? "none" : Path.GetFullPath(statePath);
        _planner = new ContainerPlanner(new ContainerSetup(seed));
        _store = new ImageStore(_root.FullName, seed, logins);
        _clock = clock;
    }

    public bool SurvivesRestart => false;

    public async Task OpenAsync()
    {
        try
        {
            _planner.Limits = await _engine.LimitsAsync(_ending.Token).ConfigureAwait(false);
            foreach (var left
                in _state == "none" ? [] : await _engine.WithLabelAsync(StateLabel, _state, _ending.Token).ConfigureAwait(false))
            {
                await _engine.RemoveAsync(left).ConfigureAwait(false);
            }
        }
        catch (EngineException e)
        {
            throw new OptionException(
                $"The container executor needs a Docker-compatible engine: {e.Message.TrimEnd('.')}. Name it with --engine or DOCKER_HOST.",
                e);
        }
    }

    public Task<string?> PullAsync(Workload workload) => ContainerSetup.PullAllAsync(workload, spec => PullAsync(workload, spec));

    private Task<string?> PullAsync(Workload workload, JsonObject spec)
    {
        var image = (string?)spec["image"] ?? "";
        if (!ImageName.TryParse(image, out var name))
        {
            return Task.FromResult<string?>($"\"{image}\" is no image reference");
        }

        var (policy, secrets) = ((string?)spec["imagePullPolicy"], ContainerSetup.PullSecrets(spec));
        var pull = Task.Run(() => PullAsync((workload.Id, image), name, policy, secrets));
        lock (_lock)
        {
            _pulls.RemoveAll(earlier => earlier.IsCompleted);
            _pulls.Add(pull);
        }

        return pull;
    }

    public void Start(Workload workload, Pod pod, Action<PodExit> exited)
    {
        var log = new PodLog(Path.Combine(_root.CreateSubdirectory(workload.Id.ToString()).FullName, $"{pod.Id}.txt"), _clock);
        string? error;
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _logs[(workload.Id, null)] = _logs[(workload.Id, pod.Name)] = _podLogs[pod.Id] = log;
            var labels = new Dictionary<string, string> { [StateLabel] = _state, [WorkloadLabel] = workload.Id.ToString() };
            (var plan, error) = _planner.Plan(workload, pod, _images[(workload.Id, (string?)workload.SpecOf(pod)["image"] ?? "")], labels);
            if (plan is not null)
            {
                var container = new PodContainer(_engine, log, _clock);
                _running[pod.Id] = container;
                container.Begin(plan, exit => Ended(pod.Id, exit, exited));
            }
        }

        if (error is not null)
        {
            exited(new PodExit(128, error));
        }
    }

    public void Stop(Pod pod, TimeSpan grace)
    {
        lock (_lock)
        {
            if (_running.TryGetValue(pod.Id, out var container))
            {
                container.Stop(grace);
            }
        }
    }

    public PodLog? LogOf(Guid workloadId, Pod pod)
    {
        lock (_lock)
        {
            return _podLogs.GetValueOrDefault(pod.Id);
        }
    }

    public string? Tail(Guid workloadId, string? pod, int lines)
    {
        string? path;
        lock (_lock)
        {
            path = _logs.GetValueOrDefault((workloadId, pod))?.Path;
        }

        return path is null ? null : LogTail.Read(path, lines);
    }

    public async ValueTask DisposeAsync()
    {
        List<PodContainer> left;
        List<Task> pulls;
        lock (_lock)
        {
            _disposed = true;
            (left, pulls) = ([.. _running.Values], [.. _pulls]);
        }

        await _ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(left.Select(container => container.DisposeAsync().AsTask())).ConfigureAwait(false);
        await Task.WhenAll(pulls).ConfigureAwait(false);
        _store.Dispose();
        _engine.Dispose();
        _ending.Dispose();
        _root.Delete(recursive: true);
    }

    private async Task<string?> PullAsync((Guid Workload, string Image) key, ImageName name, string? policy, IReadOnlyList<string> secrets)
    {
        try
        {
            var image = name.Folder is null
                ? await PullAsync(name, policy, secrets).ConfigureAwait(false)
                : await LoadAsync(name, secrets).ConfigureAwait(false);
            lock (_lock)
            {
                _images[key] = image;
            }

            return null;
        }
        catch (Exception e)
            when (e is ImageException or EngineException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            return e is OperationCanceledException ? "it took too long" : e.Message;
        }
    }

    /// <summary>
    /// Has the engine pull, unless the policy lets it take the image it has; Kubernetes' default trusts all tags but latest.
    /// </summary>
    private async Task<string> PullAsync(ImageName name, string? policy, IReadOnlyList<string> secrets)
    {
        var repository = $"{name.Registry}/{name.Repository}";
        var image = $"{repository}{(name.Digest is null ? ":" : "@")}{name.Reference}";
        policy ??= name.Reference == "latest" ? "Always" : "IfNotPresent";
        if (policy == "Always" || !await _engine.HasImageAsync(image, _ending.Token).ConfigureAwait(false))
        {
            if (policy == "Never")
            {
                throw new ImageException("the engine does not have it, and imagePullPolicy is Never");
            }

            var login = await _store.LoginAsync(name.Registry, secrets, _ending.Token).ConfigureAwait(false);
            await _engine.PullAsync(repository, name.Reference!, login, _ending.Token).ConfigureAwait(false);
        }

        return image;
    }

    /// <summary>Hands the image of a layout folder to the engine, unless it has it.</summary>
    private async Task<string> LoadAsync(ImageName name, IReadOnlyList<string> secrets)
    {
        var (source, document) = await _store.ReadAsync(name, secrets, _ending.Token).ConfigureAwait(false);
        var image = EngineArchive.NameOf(document);
        if (!await _engine.HasImageAsync(image, _ending.Token).ConfigureAwait(false))
        {
            var blobs = new List<string>();
            foreach (var layer in document.Layers)
            {
                blobs.Add(await _store.FetchAsync(source, layer, _ending.Token).ConfigureAwait(false));
            }

            var path = Path.Combine(_root.FullName, Guid.NewGuid().ToString("N") + ".tar");
            await EngineArchive.WriteAsync(document, blobs, path, _ending.Token).ConfigureAwait(false);
            var archive = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
            await using (archive.ConfigureAwait(false))
            {
                await _engine.LoadAsync(archive, _ending.Token).ConfigureAwait(false);
            }
        }

        return image;
    }

    private void Ended(Guid podId, PodExit exit, Action<PodExit> exited)
    {
        lock (_lock)
        {
            _running.Remove(podId);
        }

        exited(exit);
    }
}
