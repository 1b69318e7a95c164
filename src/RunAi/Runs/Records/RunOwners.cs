using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace RunAi.Runs;

/// <summary>
/// Tells whether the process that claimed a submission is still at work on it. Only processes of this machine can be judged; for those of
/// others time has to tell.
/// </summary>
internal class RunOwners
{
    /// <summary>The clock of processes is coarse.</summary>
    private static readonly TimeSpan SameStart = TimeSpan.FromSeconds(2);

    private static readonly ConcurrentDictionary<string, bool> Held = new();

    /// <param name="machine">What tells this machine apart from all others; empty when nothing does.</param>
    public RunOwners(string machine)
    {
        using var own = Process.GetCurrentProcess();
        Self = new RunOwner(machine, own.Id, own.StartTime.ToUniversalTime());
    }

    public RunOwner Self { get; }

    /// <summary>Remembers that this process works on a claim.</summary>
    public static void Hold(string claim) => Held[claim] = true;

    /// <summary>Tells that this process no longer works on a claim.</summary>
    public static void Release(string claim) => Held.TryRemove(claim, out _);

    /// <summary>Whether the submission that made an entry is still at work.</summary>
    public virtual OwnerState StateOf(RunRecord entry)
    {
        if (entry.Owner is not { } owner || owner.Machine.Length == 0 || owner.Machine != Self.Machine)
        {
            return OwnerState.Unknown;
        }

        return owner.ProcessId == Self.ProcessId && IsSame(owner.StartedAt, Self.StartedAt)
            ? Alive(entry.Claim is { } claim && Held.ContainsKey(claim))
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

    private static OwnerState Alive(bool alive) => alive ? OwnerState.Alive : OwnerState.Gone;

    private static bool IsSame(DateTimeOffset dateTimeOffset, DateTimeOffset other) => (dateTimeOffset - other).Duration() <= SameStart;
}
