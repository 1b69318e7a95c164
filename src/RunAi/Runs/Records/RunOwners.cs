using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace RunAi.Runs;

/// <summary>
/// Tells whether the process that claimed a submission is still at work on it. Only processes of this machine can be judged; for those of
/// others time has to tell, or the pipeline that runs a later attempt of their job.
/// </summary>
internal class RunOwners
{
    /// <summary>The clock of processes is coarse.</summary>
    private static readonly TimeSpan SameStart = TimeSpan.FromSeconds(2);

    /// <summary>The claims of this process, and whether it still works on them.</summary>
    private static readonly ConcurrentDictionary<string, bool> Claims = new();

    /// <summary>This process, which stays the same: every submission asks for it.</summary>
    private static readonly Lazy<(int Id, DateTime StartedAt)> Own = new(ReadOwn);

    /// <param name="machine">What tells this machine apart from all others; empty when nothing does.</param>
    /// <param name="job">The job of a pipeline that this process belongs to; null for none.</param>
    public RunOwners(string machine, PipelineJob? job = null) => Self = new RunOwner(machine, Own.Value.Id, Own.Value.StartedAt, job);

    public RunOwner Self { get; }

    /// <summary>Remembers that this process works on a claim.</summary>
    public static void Hold(string claim) => Claims[claim] = true;

    /// <summary>Tells that this process no longer works on a claim.</summary>
    public static void Release(string claim) => Claims[claim] = false;

    /// <summary>Whether this process made an entry and no longer works on it.</summary>
    public static bool HasGivenUp(RunRecord entry) => entry.Claim is { } claim && Claims.TryGetValue(claim, out var isHeld) && !isHeld;

    /// <summary>Whether the submission that made an entry is still at work.</summary>
    public virtual OwnerState StateOf(RunRecord entry)
    {
        if (entry.Owner is not { } owner)
        {
            return OwnerState.Unknown;
        }

        if (owner.Machine.Length == 0 || owner.Machine != Self.Machine)
        {
            return owner.Job is { } theirs && Self.Job is { } ours && ours.Follows(theirs) ? OwnerState.Gone : OwnerState.Unknown;
        }

        return owner.ProcessId == Self.ProcessId && IsSame(owner.StartedAt, Self.StartedAt)
            ? Alive(entry.Claim is { } claim && Claims.TryGetValue(claim, out var isHeld) && isHeld)
            : StateOf(owner);
    }

    private static OwnerState StateOf(RunOwner owner)
    {
        try
        {
            using var process = Process.GetProcessById(owner.ProcessId);
            return Alive(!process.HasExited && IsSame(owner.StartedAt, process.StartTime.ToUniversalTime()));
        }
        catch (ArgumentException)
        {
            // There is no such process.
            return OwnerState.Gone;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            // It ends just now, or belongs to somebody else.
            return OwnerState.Unknown;
        }
    }

    private static (int Id, DateTime StartedAt) ReadOwn()
    {
        using var own = Process.GetCurrentProcess();
        return (own.Id, own.StartTime.ToUniversalTime());
    }

    private static OwnerState Alive(bool alive) => alive ? OwnerState.Alive : OwnerState.Gone;

    private static bool IsSame(DateTimeOffset dateTimeOffset, DateTimeOffset other) => (dateTimeOffset - other).Duration() <= SameStart;
}
