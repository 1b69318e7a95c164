using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace RunAi.EndToEnd.Tests;

/// <summary>The programs of others that the tests need. One that is not installed skips a test; in CI it fails it.</summary>
internal static class Peers
{
    public static void Require(params string[] programs)
    {
        var missing = programs.Where(p => Find(p) is null).ToArray();
        var reason = $"Not installed: {string.Join(", ", missing)} (.ci/peers installs them).";
        Assert.False(missing.Length > 0 && Environment.GetEnvironmentVariable("CI") == "true", reason);
        Skip.If(missing.Length > 0, reason);
    }

    /// <summary>For tests whose containers need namespaces that another user does not get without a set-up of the machine.</summary>
    public static void RequireSuperUser()
    {
        const string Reason = "Containers of these tests are run by the super-user alone.";
        Assert.False(!Environment.IsPrivilegedProcess && Environment.GetEnvironmentVariable("CI") == "true", Reason);
        Skip.IfNot(Environment.IsPrivilegedProcess, Reason);
    }

    /// <summary>Runs a program to its end and returns what it wrote.</summary>
    public static string Run(string program, params string[] arguments) => Run(new ProcessStartInfo(program, arguments));

    /// <summary>Runs a program to its end and returns what it wrote.</summary>
    public static string Run(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{start.FileName} {string.Join(' ', start.ArgumentList)}: {errors.Result}");
        return output;
    }

    /// <summary>Starts a program that serves until it is killed; what it writes is not kept.</summary>
    public static Process Start(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }

    /// <summary>Waits until a server that was just started answers, whatever it says.</summary>
    public static async Task AnswersAsync(Uri address, Process server)
    {
        using var http = new HttpClient();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await looks.WaitForNextTickAsync(limit.Token))
        {
            try
            {
                using var answer = await http.GetAsync(address, limit.Token);
                return;
            }
            catch (HttpRequestException) when (!server.HasExited)
            {
                continue;
            }
        }
    }

    public static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    /// <summary>Where a program is: on the path, or among those that <c>.ci/peers</c> took from npm.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Append(Path.Combine(Cache, "azurite", "node_modules", ".bin"))
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    private static string Cache => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
            ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "runai-tests");
}
