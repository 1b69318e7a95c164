using System.Diagnostics;
using System.Text;

namespace RunAi.PowerShell.Tests.Engine;

/// <summary>
/// A terminal with a program in it, made by script(1): what is typed goes through the system's line discipline, so that Ctrl+C is a signal
/// to all that runs there. Of a terminal's answers it knows the one that the shell asks for, the cursor's place.
/// </summary>
internal sealed class Terminal : IDisposable
{
    /// <summary>Ctrl+C.</summary>
    public const string Interrupt = "\x03";

    private const string CursorQuestion = "\x1b[6n";
    private const string CursorAnswer = "\x1b[1;1R";

    private readonly Process _process;
    private readonly StringBuilder _shown = new();
    private int _seen;
    private int _answered;

    public Terminal(IReadOnlyDictionary<string, string> environment, params string[] command)
    {
        Skip.IfNot(IsThere, "There is no script(1), which makes terminals.");
        var words = DefaultSignals.Prefix.Concat(command).Select(word => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'");
        var line = "stty rows 50 cols 120; exec " + string.Join(' ', words);
        var start = new ProcessStartInfo("script", ["--quiet", "--flush", "--return", "--command", line, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["TERM"] = "xterm" },
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
    }

    private static bool IsThere =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "script")));

    /// <summary>Types.</summary>
    /// <param name="keys">What to type; a carriage return is the Enter key.</param>
    public async Task TypeAsync(string keys)
    {
        await _process.StandardInput.WriteAsync(keys);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Waits until a text is shown that was not waited for before.</summary>
    /// <param name="text">The text.</param>
    public async Task WaitForAsync(string text)
    {
        while (true)
        {
            var at = _shown.ToString().IndexOf(text, _seen, StringComparison.Ordinal);
            if (at >= 0)
            {
                _seen = at + text.Length;
                return;
            }

            Assert.True(await ReadAsync(), $"It ended without showing '{text}': {_shown}");
        }
    }

    /// <summary>Waits until the program has ended, and gives its exit code and all that was shown.</summary>
    public async Task<(int ExitCode, string Shown)> EndAsync()
    {
        while (await ReadAsync())
        {
            // Until there is no more.
        }

        await _process.WaitForExitAsync();
        return (_process.ExitCode, _shown.ToString());
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task<bool> ReadAsync()
    {
        var characters = new char[1024];
        var count = await _process.StandardOutput.ReadAsync(characters);
        _shown.Append(characters, 0, count);
        while (_shown.ToString().IndexOf(CursorQuestion, _answered, StringComparison.Ordinal) is >= 0 and var at)
        {
            _answered = at + CursorQuestion.Length;
            await TypeAsync(CursorAnswer);
        }

        return count > 0;
    }
}
