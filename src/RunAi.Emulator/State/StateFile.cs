using System.Text.Json;
using System.Text.Json.Serialization;
using RunAi.Emulator.CommandLine;

namespace RunAi.Emulator.State;

/// <summary>
/// Keeps the state in a file: written a moment after a change, before a change that was asked for is answered, and at the end; each time
/// as a whole.
/// </summary>
internal sealed class StateFile : IAsyncDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);
    private static readonly JsonSerializerOptions Json = new()
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly string _path;
    private readonly ControlPlane _controlPlane;
    private readonly ILogger _log;
    private readonly ITimer _timer;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private int _dirty;
    private long _changes;
    private long _kept;

    public StateFile(string path, ControlPlane controlPlane, TimeProvider time, ILogger log)
    {
        (_path, _controlPlane, _log) = (path, controlPlane, log);
        _timer = time.CreateTimer(_ => _ = WriteSoonAsync(long.MaxValue), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        controlPlane.Effects.Added += Changed;
        controlPlane.Policies.Changed += Changed;
        controlPlane.DistributedPolicies.Changed += Changed;
        controlPlane.Templates.Changed += Changed;
        controlPlane.Keep = KeepAsync;
    }

    /// <exception cref="OptionException">The file exists and is not a state file.</exception>
    public static EmulatorState? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var file = File.OpenRead(path);
            var state = JsonSerializer.Deserialize<EmulatorState>(file, Json);
            return state is { Version: 1 } ? state : throw new JsonException("it has an unknown version.");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new OptionException($"The state file '{path}' cannot be used: {e.Message}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        await WriteAsync(long.MaxValue).ConfigureAwait(false);
        _writing.Dispose();
    }

    /// <summary>Completes when all that has happened so far is in the file; one write does for all who wait meanwhile.</summary>
    private async Task KeepAsync()
    {
        var wanted = Interlocked.Read(ref _changes);
        await WriteSoonAsync(wanted).ConfigureAwait(false);
    }

    private void Changed()
    {
        Interlocked.Increment(ref _changes);
        if (Interlocked.Exchange(ref _dirty, 1) == 0)
        {
            _timer.Change(Moment, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task WriteSoonAsync(long wanted)
    {
        try
        {
            await WriteAsync(wanted).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _log.LogError(e, "The state file {Path} cannot be written.", _path);
        }
    }

    private async Task WriteAsync(long wanted)
    {
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_kept >= wanted)
            {
                return;
            }

            var changes = Interlocked.Read(ref _changes);
            Interlocked.Exchange(ref _dirty, 0);
            var bytes = _controlPlane.Read(plane => JsonSerializer.SerializeToUtf8Bytes(
                new EmulatorState
                {
                    SkippedSeconds = plane.Clock.Skipped.TotalSeconds,
                    Workloads = [.. plane.Workloads.All],
                    Policies = plane.Policies.Bodies(),
                    DistributedPolicies = plane.DistributedPolicies.Bodies(),
                    Templates = plane.Templates.All,
                },
                Json));
            var next = _path + ".new";
            await File.WriteAllBytesAsync(next, bytes).ConfigureAwait(false);
            File.Move(next, _path, overwrite: true);
            _kept = changes;
        }
        finally
        {
            _writing.Release();
        }
    }
}
