using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace RunAi.StepRunner.Tests;

/// <summary>A step runner that was started.</summary>
internal sealed partial class RunnerProcess
{
    public const int SigUsr1 = 10;
    public const int SigTerm = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private RunnerProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    public string Output { get; private set; } = "";

    public string Errors { get; private set; } = "";

    public int ExitCode { get; private set; } = -1;

    public static RunnerProcess Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string folder)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        // The machine's own trust is not the test's.
        start.Environment.Remove("SSL_CERT_FILE");
        start.Environment.Remove("SSL_CERT_DIR");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new RunnerProcess(Process.Start(start)!);
    }

    public void Signal(int signal) => Assert.Equal(0, Kill(Id, signal));

    /// <summary>Sends a signal to the one process that this one started: the runner in a sandbox.</summary>
    public void SignalChild(int signal) =>
        Assert.Equal(0, Kill(int.Parse(File.ReadAllText($"/proc/{Id}/task/{Id}/children").Trim(), CultureInfo.InvariantCulture), signal));

    public async Task<int> EndAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            Output = await _output.WaitAsync(limit.Token);
            Errors = await _errors.WaitAsync(limit.Token);
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The runner did not end. It wrote: {(_errors.IsCompleted ? await _errors : "(still open)")}");
        }

        ExitCode = _process.ExitCode;
        _process.Dispose();
        Assert.DoesNotContain(TestStore.Permission, Output + Errors, StringComparison.Ordinal);
        return ExitCode;
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);
}
