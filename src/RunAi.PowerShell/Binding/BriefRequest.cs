using RunAi.PowerShell.Pipeline;

namespace RunAi.PowerShell.Binding;

/// <summary>
/// Asks for what a completion offers. It waits no longer than the session has patience, 300 ms, and is silent on every failure.
/// </summary>
internal static class BriefRequest
{
    /// <summary>What was asked for; empty when it does not come in time.</summary>
    /// <param name="ask">Asks, with what the session has.</param>
    public static IReadOnlyList<T> Get<T>(Func<SessionEnvironment, CancellationToken, Task<IReadOnlyList<T>>> ask)
    {
        var session = SessionEnvironment.Current;
        using var limit = new CancellationTokenSource(session.CompletionPatience);
        var asking = Task.Run(() => ask(session, limit.Token), CancellationToken.None);
        try
        {
            return asking.Wait(session.CompletionPatience) ? asking.Result : [];
        }
        catch (AggregateException)
        {
            // Completion never disturbs typing; the command itself will say what is wrong.
            return [];
        }
    }
}
