using System.Text.Json.Nodes;
using RunAi.Emulator.Execution.Images;
using RunAi.Emulator.Seeding;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Execution.Processes;

/// <summary>
/// Runs the command of each pod as a child process in a scratch folder of its own, which holds the layers that RunAi added to
/// the image. Exit codes of what cannot be started follow container runtimes: 128.
/// </summary>
internal sealed class ProcessExecutor : IExecutor
{
    private readonly Lock _lock = new();
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("runai-emulator-");
    private readonly ProcessPlanner _planner;
    private readonly ImageStore _store;
    private readonly OrphanGuard _guard;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _ending = new();
    private readonly Dictionary<Guid, PodProcess> _running = [];
    private readonly Dictionary<(Guid Workload, string? Pod), PodLog> _logs = [];
    private readonly Dictionary<Guid, PodLog> _podLogs = [];
    private readonly Dictionary<(Guid Workload, string Image), UnpackedImage> _images = [];
    private readonly List<Task> _pulls = [];
    private bool _disposed;

    public ProcessExecutor(Seed seed, DockerLogins logins, TimeProvider clock)
    {
        _planner = new ProcessPlanner(new ContainerSetup(seed));
        _store = new ImageStore(_root.FullName, seed, logins);
        _guard = new OrphanGuard(_root.FullName);
        _clock = clock;
    }

    public bool SurvivesRestart => false;

    public Task<string?> PullAsync(Workload workload) => ContainerSetup.PullAllAsync(workload, spec => PullAsync(workload, spec));

    private Task<string?> PullAsync(Workload workload, JsonObject spec)
    {
        var image = (string?)spec["image"] ?? "";
        var secrets = ContainerSetup.PullSecrets(spec);
        if (!ImageName.TryParse(image, out var name))
        {
            return Task.FromResult<string?>($"\"{image}\" is no image reference");
        }

        if (!_store.Reaches(name))
        {
            return Task.FromResult<string?>(null);
        }

        var pull = Task.Run(() => PullAsync((workload.Id, image), name, secrets));
        lock (_lock)
        {
            _pulls.RemoveAll(earlier => earlier.IsCompleted);
            _pulls.Add(pull);
        }

        return pull;
    }

    public void Start(Workload workload, Pod pod, Action<PodExit> exited)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root.FullName, workload.Id.ToString(), pod.Id.ToString())).FullName;
        var (scratch, log) = (Path.Combine(folder, "scratch"), new PodLog(Path.Combine(folder, "log.txt"), _clock));
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _logs[(workload.Id, null)] = _logs[(workload.Id, pod.Name)] = _podLogs[pod.Id] = log;
            var image = _images.GetValueOrDefault((workload.Id, (string?)workload.SpecOf(pod)["image"] ?? ""));
            var process = new PodProcess();
            _running[pod.Id] = process;
            process.Begin(
                () => Prepare(workload, pod, image, scratch),
                plan => new ChildProcess(plan, log, _guard, _clock),
                exit => Ended(pod.Id, exit, exited));
        }
    }

    public void Stop(Pod pod, TimeSpan grace)
    {
        lock (_lock)
        {
            if (_running.TryGetValue(pod.Id, out var process))
            {
                process.Stop(grace);
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
        List<PodProcess> left;
        List<Task> pulls;
        lock (_lock)
        {
            _disposed = true;
            (left, pulls) = ([.. _running.Values], [.. _pulls]);
        }

        await _ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(left.Select(process => process.DisposeAsync().AsTask())).ConfigureAwait(false);
        await Task.WhenAll(pulls).ConfigureAwait(false);
        _store.Dispose();
        _ending.Dispose();
        try
        {
            _root.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A process that left the tree still writes there; the guard tries again.
        }

        _guard.Dispose();
    }

    private (ProcessPlan? Plan, string? Error) Prepare(Workload workload, Pod pod, UnpackedImage? image, string scratch)
    {
        if (image is null)
        {
            Directory.CreateDirectory(scratch);
        }
        else
        {
            TreeCopy.Copy(new DirectoryInfo(image.Folder), scratch);
        }

        return _planner.Plan(workload, pod, image?.Config, scratch);
    }

    private async Task<string?> PullAsync((Guid Workload, string Image) key, ImageName name, IReadOnlyList<string> secrets)
    {
        try
        {
            if (await _store.UnpackAsync(name, secrets, _ending.Token).ConfigureAwait(false) is { } image)
            {
                lock (_lock)
                {
                    _images[key] = image;
                }
            }

            return null;
        }
        catch (Exception e) when (e is ImageException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            return e is OperationCanceledException ? "it took too long" : e.Message;
        }
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
