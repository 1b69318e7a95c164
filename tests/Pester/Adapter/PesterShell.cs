using System.Diagnostics;

namespace RunAi.Pester.Tests;

/// <summary>One PowerShell that runs <c>Run.ps1</c> to its end.</summary>
internal sealed class PesterShell : IDisposable
{
    private const int KeptLines = 40;

    private readonly Process _process;
    private readonly Queue<string> _lastLines = new();

    private PesterShell(Process process) => _process = process;

    /// <summary>Starts a shell on a plan.</summary>
    /// <param name="planFile">The plan as JSON.</param>
    public static PesterShell Start(string planFile)
    {
        var start = new ProcessStartInfo(Dotnet)
        {
            ArgumentList = { PesterPaths.Shell, "-NoProfile", "-NonInteractive", "-File", PesterPaths.RunScript, planFile },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(IsOfTheUser))
        {
            start.Environment.Remove(name);
        }

        start.Environment["NO_COLOR"] = "1";
        // Processes that live for seconds gain nothing from being profiled.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["PSModulePath"] = PesterPaths.Modules;
        var shell = new PesterShell(new Process { StartInfo = start });
        shell._process.OutputDataReceived += (_, line) => shell.Keep(line.Data);
        shell._process.ErrorDataReceived += (_, line) => shell.Keep(line.Data);
        shell._process.Start();
        shell._process.StandardInput.Close();
        shell._process.BeginOutputReadLine();
        shell._process.BeginErrorReadLine();
        return shell;
    }

    /// <summary>Waits for its end. When the wait is given up the shell ends with all it started.</summary>
    /// <returns>What it said last, when it ended badly; otherwise null.</returns>
    public async Task<string?> WaitAsync(CancellationToken token)
    {
        try
        {
            await _process.WaitForExitAsync(token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            return $"A shell did not end in time and was ended.{LastLines}";
        }

        return _process.ExitCode == 0 ? null : $"A shell ended with exit code {_process.ExitCode}.{LastLines}";
    }

    public void Dispose() => _process.Dispose();

    /// <summary>The runtime that runs this program.</summary>
    private static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private string LastLines
    {
        get
        {
            lock (_lastLines)
            {
                return _lastLines.Count == 0 ? "" : " It said:\n" + string.Join('\n', _lastLines);
            }
        }
    }

    /// <summary>True for what would make the module of whoever runs the tests behave in another way.</summary>
    private static bool IsOfTheUser(string name) =>
        name.StartsWith("RUNAI_", StringComparison.OrdinalIgnoreCase) || name.Equals("TF_BUILD", StringComparison.OrdinalIgnoreCase);

    private void Keep(string? line)
    {
        lock (_lastLines)
        {
            if (line is not null)
            {
                _lastLines.Enqueue(line);
            }

            if (_lastLines.Count > KeptLines)
            {
                _lastLines.Dequeue();
            }
        }
    }
}
