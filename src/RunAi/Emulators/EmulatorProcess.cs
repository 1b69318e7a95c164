using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using RunAi.Processes;

namespace RunAi.Emulators;

/// <summary>One emulator process: started, asked for its address, and ended.</summary>
internal sealed class EmulatorProcess : IDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    private readonly Process _process;

    private EmulatorProcess(Process process, RunAiEmulator emulator)
    {
        _process = process;
        Emulator = emulator;
    }

    public RunAiEmulator Emulator { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>Starts an emulator and waits until it is ready.</summary>
    public static async Task<EmulatorProcess> StartAsync(EmulatorOptions options, CancellationToken cancellationToken)
    {
        if (!File.Exists(options.Assembly))
        {
            throw new RunAiException(
                ErrorIds.MissingDependency,
                $"The emulator is not beside the module: there is no {options.Assembly}. In a checkout, build it with: dotnet build");
        }

        var process = Launch(options);
        var complaints = new StringBuilder();
        process.ErrorDataReceived += (_, line) => Collect(complaints, line.Data);
        process.BeginErrorReadLine();
        try
        {
            var ready = await ReadyLineAsync(process, options.StartTimeout, complaints, cancellationToken).ConfigureAwait(false);
            return new EmulatorProcess(process, Describe(ready, process.Id));
        }
        catch
        {
            End(process);
            throw;
        }
    }

    /// <summary>Ends the emulator and every workload process it started.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // It ends its workloads and itself when its standard input is closed; a signal could not be sent on Windows.
        _process.StandardInput.Close();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(StopPatience);
        try
        {
            await ExitOf(_process, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            End(_process);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public void Dispose() => _process.Dispose();

    private static Process Launch(EmulatorOptions options)
    {
        var start = new ProcessStartInfo
        {
            FileName = options.DotnetHost ?? "dotnet",
            Arguments = CommandLine.Join(options.ToArguments(Process.GetCurrentProcess().Id)),
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return ProcessPlatform.Start(start)!;
        }
        catch (Exception e) when (e is Win32Exception or PlatformNotSupportedException)
        {
            throw new RunAiException(
                ErrorIds.MissingDependency,
                "The emulator needs the .NET 10 runtime, and no 'dotnet' could be started. Install it from https://dot.net and "
                + "open a new shell.",
                e);
        }
    }

    private static async Task<string> ReadyLineAsync(
        Process process, TimeSpan timeout, StringBuilder complaints, CancellationToken cancellationToken)
    {
        var line = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, output) => line.TrySetResult(output.Data);
        process.BeginOutputReadLine();
        var late = Task.Delay(timeout, cancellationToken);
        if (await Task.WhenAny(line.Task, late).ConfigureAwait(false) == late)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Failed($"The emulator was not ready after {timeout.TotalSeconds} seconds.", complaints);
        }

        return await line.Task.ConfigureAwait(false) ?? throw Failed("The emulator ended at once.", complaints);
    }

    private static RunAiEmulator Describe(string readyLine, int processId)
    {
        try
        {
            var ready = JObject.Parse(readyLine);
            return new RunAiEmulator(
                Text("uri"),
                Text("clientId"),
                new NetworkCredential("", Text("clientSecret")).SecurePassword,
                Text("project"),
                processId);

            string Text(string name) => (string?)ready[name] ?? throw new JsonException("no " + name);
        }
        catch (JsonException e)
        {
            // The line may hold the secret: neither it nor the reader's message is shown.
            throw new RunAiException(
                ErrorIds.EmulatorFailed,
                $"The emulator's first line was not understood ({e.GetType().Name}). Rebuild it and the module together.");
        }
    }

    private static RunAiException Failed(string what, StringBuilder complaints)
    {
        lock (complaints)
        {
            var said = complaints.ToString().Trim();
            return new RunAiException(ErrorIds.EmulatorFailed, said.Length == 0 ? what : $"{what} It said:\n{said}");
        }
    }

    private static void Collect(StringBuilder complaints, string? line)
    {
        lock (complaints)
        {
            if (complaints.Length < 4096)
            {
                complaints.AppendLine(line);
            }
        }
    }

    private static Task<bool> ExitOf(Process process, CancellationToken cancellationToken)
    {
        var exited = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => exited.TrySetResult(true);
        cancellationToken.Register(() => exited.TrySetCanceled(cancellationToken));
        if (process.HasExited)
        {
            exited.TrySetResult(true);
        }

        return exited.Task;
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException) when (process.HasExited)
        {
            // It was faster.
            return;
        }
    }
}
