using RunAi.Emulator.Seeding;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Execution;

/// <summary>
/// Runs the command of each pod as a child process in a scratch folder of its own. Exit codes of what cannot be
/// started follow container runtimes: 128.
/// </summary>
internal sealed class ProcessExecutor(Seed seed, TimeProvider clock) : IExecutor
{
    private readonly Lock _lock = new();
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("runai-emulator-");
    private readonly ContainerSetup _setup = new(seed);
    private readonly Dictionary<Guid, ChildProcess> _running = [];
    private readonly Dictionary<Guid, string> _logs = [];
    private bool _disposed;

    public bool SurvivesRestart => false;

    public void Start(Workload workload, Pod pod, Action<PodExit> exited)
    {
        var scratch = Directory.CreateDirectory(Path.Combine(_root.FullName, workload.Id.ToString(), pod.Name, "scratch")).FullName;
        var log = Path.Combine(scratch, "..", "log.txt");
        var (words, error) = ContainerSetup.Words(workload.Spec);
        var (variables, missing) = _setup.Environment(workload, pod, scratch);
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _logs[workload.Id] = log;
            error ??= missing;
            if (error is null)
            {
                var child = new ChildProcess(words, variables, ContainerSetup.WorkingFolder(workload.Spec, scratch), log, clock);
                error = child.TryStart(exit => Ended(pod.Id, exit, exited));
                if (error is null)
                {
                    _running[pod.Id] = child;
                }
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
            if (_running.TryGetValue(pod.Id, out var child))
            {
                child.Stop(grace);
            }
        }
    }

    public string? Tail(Guid workloadId, int lines)
    {
        string? path;
        lock (_lock)
        {
            path = _logs.GetValueOrDefault(workloadId);
        }

        return path is null ? null : LogTail.Read(path, lines);
    }

    public async ValueTask DisposeAsync()
    {
        List<ChildProcess> left;
        lock (_lock)
        {
            _disposed = true;
            left = [.. _running.Values];
        }

        await Task.WhenAll(left.Select(child => child.DisposeAsync().AsTask())).ConfigureAwait(false);
        try
        {
            _root.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A process that left the tree still writes there; the folder is in the system's temporary files.
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
