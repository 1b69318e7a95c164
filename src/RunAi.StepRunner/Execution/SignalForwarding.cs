using System.Runtime.InteropServices;

namespace RunAi.StepRunner.Execution;

/// <summary>
/// Passes the signals that the runner gets to the command. One of those that ask a container to end also ends what the runner does
/// before the command, and makes the run go on in a later start.
/// </summary>
internal sealed class SignalForwarding : IDisposable
{
    private static readonly int[] Forwarded =
    [
        Signals.HangUp, Signals.Interrupt, Signals.Quit, Signals.User1, Signals.User2, Signals.Terminate,
    ];

    private readonly object _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private ChildProcess? _child;

    public SignalForwarding()
    {
        foreach (var signal in Forwarded)
        {
            _registrations.Add(PosixSignalRegistration.Create((PosixSignal)signal, context =>
            {
                context.Cancel = true;
                Receive(signal);
            }));
        }
    }

    /// <summary>Cancelled when the runner is asked to end from outside.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>From now on the command gets them.</summary>
    public void ForwardTo(ChildProcess child)
    {
        lock (_lock)
        {
            _child = child;
            if (_stop.IsCancellationRequested)
            {
                child.Signal(Signals.Terminate);
            }
        }
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _stop.Dispose();
    }

    private void Receive(int signal)
    {
        lock (_lock)
        {
            // First, so that a command which ends at once is not taken for one that ended by itself.
            if (signal is Signals.Terminate or Signals.Interrupt or Signals.Quit)
            {
                _stop.Cancel();
            }

            _child?.Signal(signal);
        }
    }
}
