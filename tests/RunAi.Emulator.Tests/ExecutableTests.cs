using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunAi.Emulator.Tests;

public class ExecutableTests
{
    [Fact]
    public async Task Start_WhenReady_PrintsOneLineAndEndsOnSigTerm()
    {
        using var emulator = Start("--executor", "simulate");
        var line = JsonNode.Parse((await emulator.StandardOutput.ReadLineAsync().WaitAsync(TestEmulator.Patience))!)!;

        Assert.Equal(["uri", "clientId", "clientSecret", "project"], ((JsonObject)line).Select(entry => entry.Key));
        Assert.Equal("demo", (string?)line["project"]);
        var uri = new Uri((string)line["uri"]!);
        Assert.Equal("127.0.0.1", uri.Host);
        using var client = new HttpClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri(uri, "/api/v1/workloads"))).StatusCode);
        await RefusesOthersAsync(uri.Port);

        using var kill = Process.Start("kill", ["-TERM", $"{emulator.Id}"]);
        await emulator.WaitForExitAsync().WaitAsync(TestEmulator.Patience);

        Assert.Equal(0, emulator.ExitCode);
        Assert.Equal("", await emulator.StandardOutput.ReadToEndAsync());
        Assert.Equal("", await emulator.StandardError.ReadToEndAsync());
    }

    [Fact]
    public async Task Start_Twice_MakesAFreshSecretEachTime()
    {
        var secrets = new HashSet<string>();
        for (var i = 0; i < 2; i++)
        {
            using var emulator = Start("--executor", "simulate");
            secrets.Add((string)JsonNode.Parse((await emulator.StandardOutput.ReadLineAsync())!)!["clientSecret"]!);
            emulator.Kill();
        }

        Assert.Equal(2, secrets.Count);
    }

    [Fact]
    public async Task Start_WithAParent_EndsWithIt()
    {
        using var parent = Process.Start("sleep", ["600"]);
        using var emulator = Start("--parent", $"{parent.Id}");
        await AnswersAsync(emulator);

        parent.Kill();
        await emulator.WaitForExitAsync().WaitAsync(TestEmulator.Patience);

        Assert.Equal(0, emulator.ExitCode);
    }

    [Fact]
    public async Task Start_WithAParent_IgnoresCtrlCAndEndsWithItsStandardInput()
    {
        using var emulator = Start("--parent", $"{Environment.ProcessId}");
        var uri = await AnswersAsync(emulator);

        using (var interrupt = Process.Start("kill", ["-INT", $"{emulator.Id}"]))
        {
            await interrupt.WaitForExitAsync();
        }

        using var client = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri(uri, "/emulator/clock"))).StatusCode);
        Assert.False(emulator.HasExited);

        emulator.StandardInput.Close();
        await emulator.WaitForExitAsync().WaitAsync(TestEmulator.Patience);

        Assert.Equal(0, emulator.ExitCode);
    }

    [Theory]
    [InlineData("""echo $$ $HOME > "$MARK"; exec sleep 600""")]
    [InlineData("""setsid sh -c "echo \$\$ \$HOME > \$MARK; exec sleep 600" & wait""")]
    public async Task Kill_OfTheEmulator_TakesItsProcessesAndFoldersAlong(string command)
    {
        using var emulator = Start();
        using var client = await SignInAsync(emulator);
        var spec =
            $$"""{"image":"x","command":"sh -c","args":{{JsonSerializer.Serialize($"'{command}'")}},"environmentVariables":[{"name":"MARK","value":"%"}]}""";
        var mark = Path.Combine(Directory.CreateTempSubdirectory("runai-mark-").FullName, "mark");
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(mark)!) { EnableRaisingEvents = true };
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Changed += (_, _) => written.TrySetResult();
        var answer = await client.PostAsJsonAsync(
            "/api/v1/workloads/trainings", TestEmulator.Training("one", spec.Replace("%", mark, StringComparison.Ordinal)));
        answer.EnsureSuccessStatusCode();
        await written.Task.WaitAsync(TestEmulator.Patience);
        var words = (await File.ReadAllTextAsync(mark)).Trim().Split(' ');
        using var child = Process.GetProcessById(int.Parse(words[0], System.Globalization.CultureInfo.InvariantCulture));

        emulator.Kill();
        await child.WaitForExitAsync().WaitAsync(TestEmulator.Patience);

        using var patience = new CancellationTokenSource(TestEmulator.Patience);
        while (Directory.Exists(Path.Combine(words[1], "..", "..", "..")))
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Directory.Delete(Path.GetDirectoryName(mark)!, recursive: true);
    }

    [Fact]
    public async Task Kill_RightAfterAnAnswer_LosesNothingThatWasAnswered()
    {
        var folder = Directory.CreateTempSubdirectory("runai-kept-").FullName;
        var seed = Path.Combine(folder, "seed.json");
        await File.WriteAllTextAsync(seed, """{"timetable":{"outcomes":[{"name":"kept","runningSeconds":36000}]}}""");
        string[] arguments = ["--executor", "simulate", "--seed", seed, "--state", Path.Combine(folder, "state.json")];

        var created = await AnswerAndKillAsync(
            arguments, client => client.PostAsJsonAsync("/api/v1/workloads/trainings", TestEmulator.Training("kept")));
        var training = $"/api/v1/workloads/trainings/{created["workloadId"]}";
        await AnswerAndKillAsync(arguments, client => client.PostAsync(new Uri(training + "/suspend", UriKind.Relative), null));
        var found = await AnswerAndKillAsync(arguments, client => client.GetAsync(new Uri(training, UriKind.Relative)));
        await AnswerAndKillAsync(arguments, client => client.DeleteAsync(new Uri(training, UriKind.Relative)));
        var left = await AnswerAndKillAsync(arguments, client => client.GetAsync(new Uri("/api/v1/workloads", UriKind.Relative)));

        Assert.Equal(("kept", "Stopped"), ((string?)found["name"], (string?)found["desiredPhase"]));
        Assert.All(left["workloads"]!.AsArray(), workload => Assert.Equal("Deleting", (string?)workload!["phase"]));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("--help", 0, "--executor <process|container|simulate>")]
    [InlineData("--executor=container --engine=unix:///no/such.sock", 2, "/no/such.sock")]
    [InlineData("--executor=container --engine=nonsense", 2, "is no engine's address")]
    [InlineData("--nonsense", 2, "Known: --port")]
    [InlineData("--seed=/no/such/file", 2, "/no/such/file")]
    public async Task Start_WithoutServing_SaysWhy(string argument, int exitCode, string expected)
    {
        using var emulator = Start(argument.Split(' '));
        var output = await emulator.StandardOutput.ReadToEndAsync() + await emulator.StandardError.ReadToEndAsync();
        await emulator.WaitForExitAsync().WaitAsync(TestEmulator.Patience);

        Assert.Equal(exitCode, emulator.ExitCode);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    /// <summary>Starts an emulator, asks it for one thing, and kills it as soon as it has answered.</summary>
    private static async Task<JsonObject> AnswerAndKillAsync(string[] arguments, Func<HttpClient, Task<HttpResponseMessage>> ask)
    {
        using var emulator = Start(arguments);
        using var client = await SignInAsync(emulator);
        using var answer = await ask(client);
        emulator.Kill();
        await emulator.WaitForExitAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
        return await answer.Content.ReadFromJsonAsync<JsonObject>() ?? [];
    }

    /// <summary>Waits for the start line, and gives a client with a token.</summary>
    private static async Task<HttpClient> SignInAsync(Process emulator)
    {
        var line = JsonNode.Parse((await emulator.StandardOutput.ReadLineAsync().WaitAsync(TestEmulator.Patience))!)!;
        var client = new HttpClient { BaseAddress = new Uri((string)line["uri"]!) };
        var answer = await client.PostAsJsonAsync("/api/v1/token", new
        {
            grantType = "client_credentials",
            clientID = (string?)line["clientId"],
            clientSecret = (string?)line["clientSecret"],
        });
        var token = (string?)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["accessToken"];
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Waits for the start line and for an answer.</summary>
    private static async Task<Uri> AnswersAsync(Process emulator)
    {
        var line = await emulator.StandardOutput.ReadLineAsync().WaitAsync(TestEmulator.Patience);
        var uri = new Uri((string)JsonNode.Parse(line!)!["uri"]!);
        using var client = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri(uri, "/emulator/clock"))).StatusCode);
        return uri;
    }

    /// <summary>Nothing listens on the machine's other addresses.</summary>
    private static async Task RefusesOthersAsync(int port)
    {
        var others = (await Dns.GetHostAddressesAsync(Dns.GetHostName())).Where(address => !IPAddress.IsLoopback(address))
            .Append(IPAddress.IPv6Loopback);
        foreach (var address in others)
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await Assert.ThrowsAnyAsync<SocketException>(() => socket.ConnectAsync(new IPEndPoint(address, port)));
        }
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments.Prepend(Path.Combine(AppContext.BaseDirectory, "RunAi.Emulator.dll")))
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
