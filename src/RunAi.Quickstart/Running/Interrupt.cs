namespace RunAi.Quickstart.Running;

/// <summary>
/// Ctrl+C: the first one stops the running command, the next one, should that take too long, ends the process. A prompt
/// that waits for a line stays.
/// </summary>
internal sealed class Interrupt : IDisposable
{
    private readonly ShellSession _session;
    private readonly bool _stayWhenIdle;

    public Interrupt(ShellSession session, bool stayWhenIdle)
    {
        _session = session;
        _stayWhenIdle = stayWhenIdle;
        Console.CancelKeyPress += OnCancel;
    }

    public void Dispose() => Console.CancelKeyPress -= OnCancel;

    private void OnCancel(object? sender, ConsoleCancelEventArgs key) =>
        key.Cancel = _session.TryStop() || (_stayWhenIdle && _session.IsIdle);
}
