using System.Runtime.InteropServices;

namespace RunAi.Processes;

/// <summary>
/// What the system tells a process that is to end: signals on .NET, the events of the console on .NET Framework, which runs on Windows
/// only.
/// </summary>
internal static class TerminationPlatform
{
#if NETFRAMEWORK
    /// <summary>Calls back for each until it is disposed. A true answer says that the process was ended in order.</summary>
    /// <param name="ending">Gets the cause; it may block for some seconds.</param>
    public static IDisposable Watch(Func<TerminationCause, bool> ending) => new ConsoleEvents(ending);

    private sealed class ConsoleEvents : IDisposable
    {
        private readonly Func<TerminationCause, bool> _ending;
        private readonly ConsoleHandler _handler;
        private readonly bool _isSet;

        public ConsoleEvents(Func<TerminationCause, bool> ending)
        {
            _ending = ending;
            _handler = OnEvent;
            _isSet = Path.DirectorySeparatorChar == '\\' && SetConsoleCtrlHandler(_handler, true);
        }

        public void Dispose()
        {
            if (_isSet)
            {
                SetConsoleCtrlHandler(_handler, false);
            }
        }

        private bool OnEvent(uint kind)
        {
            const uint ControlC = 0, Close = 2, LogOff = 5, Shutdown = 6;
            return kind switch
            {
                ControlC => _ending(TerminationCause.Interrupt),
                Close => _ending(TerminationCause.HangUp),
                LogOff or Shutdown => _ending(TerminationCause.Terminate),
                _ => false,
            };
        }
    }

    private delegate bool ConsoleHandler(uint kind);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport("kernel32.dll", SetLastError = true)]
    private static extern bool SetConsoleCtrlHandler(ConsoleHandler handler, bool add);
#else
    /// <summary>Calls back for each until it is disposed. A true answer says that the process was ended in order.</summary>
    /// <param name="ending">Gets the cause; it may block for some seconds.</param>
    public static IDisposable Watch(Func<TerminationCause, bool> ending) => new Signals(ending);

    private sealed class Signals : IDisposable
    {
        private readonly Func<TerminationCause, bool> _ending;
        private readonly PosixSignalRegistration[] _registrations;

        public Signals(Func<TerminationCause, bool> ending)
        {
            _ending = ending;
            _registrations =
            [
                PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => ending(TerminationCause.Interrupt)),
                PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => End(context, TerminationCause.Terminate)),
                .. ParentProcess.HangUpIsIgnored
                    ? Array.Empty<PosixSignalRegistration>()
                    : [PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => End(context, TerminationCause.HangUp))],
            ];
        }

        public void Dispose()
        {
            foreach (var registration in _registrations)
            {
                registration.Dispose();
            }
        }

        private void End(PosixSignalContext context, TerminationCause cause)
        {
            // Before anything else: the signal's own effect comes when this returns.
            context.Cancel = true;
            if (!_ending(cause))
            {
                context.Cancel = false;
            }
        }
    }
#endif
}
