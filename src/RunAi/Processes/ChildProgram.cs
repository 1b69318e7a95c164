using System.Diagnostics;
using System.Text;
using RunAi.Content;

namespace RunAi.Processes;

/// <summary>
/// A program that is started without a shell, is given its input and nothing after that, and is waited for until its time is over. What it
/// writes goes to the caller alone.
/// </summary>
internal sealed class ChildProgram
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;

    /// <param name="time">The clock to wait by.</param>
    /// <param name="patience">How long it may take; it is ended after that, with what it started.</param>
    public ChildProgram(TimeProvider time, TimeSpan patience) => (_time, _patience) = (time, patience);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="file">The program: a path, or a name to be found as the system finds programs.</param>
    /// <param name="arguments">Its arguments, which hold no secret: other users of the machine can read them.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>Its exit code and its output; null when its time was over.</returns>
    /// <exception cref="System.ComponentModel.Win32Exception">It is not there, or cannot be started.</exception>
    /// <exception cref="PlatformNotSupportedException">Programs cannot be started here.</exception>
    public async Task<(int ExitCode, string Output)?> RunAsync(string file, string arguments, string input, CancellationToken ct)
    {
        using var limit = new StallTimer(_time, _patience, ct);
        using var process = ProcessPlatform.Start(Describe(file, arguments))!;
        var over = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var kill = limit.Token.Register(() =>
        {
            over.TrySetResult(true);
            ProcessPlatform.Kill(process);
        });
        var output = ReadAsync(process.StandardOutput);
        var written = Task.WhenAll(output, ReadAsync(process.StandardError));
        await AskAsync(process, input, limit.Token).ConfigureAwait(false);
        // Something else may hold its output open when it is gone.
        if (await Task.WhenAny(written, over.Task).ConfigureAwait(false) != written)
        {
            _ = written.ContinueWith(
                static read => read.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            ct.ThrowIfCancellationRequested();
            return null;
        }

        process.WaitForExit();
        return (process.ExitCode, await output.ConfigureAwait(false));
    }

    private static ProcessStartInfo Describe(string file, string arguments) => new(file, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
        CreateNoWindow = true,
        StandardOutputEncoding = new UTF8Encoding(false),
    };

    /// <summary>Reads to the end, which a token would not bring nearer.</summary>
    private static Task<string> ReadAsync(StreamReader reader) => reader.ReadToEndAsync();

    private static async Task AskAsync(Process process, string input, CancellationToken limit)
    {
        try
        {
            var bytes = Encoding.UTF8.GetBytes(input);
            await process.StandardInput.BaseStream.WriteAsync(bytes, 0, bytes.Length, limit).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (Exception e) when (e is IOException || (e is OperationCanceledException && limit.IsCancellationRequested))
        {
            // It ended without reading what it was asked, or its time is over: its exit code or the clock tells the rest.
            return;
        }
    }
}
