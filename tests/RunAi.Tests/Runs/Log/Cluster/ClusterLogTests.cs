using System.Text;
using RunAi.ControlPlane;
using RunAi.Operators;
using RunAi.Runs.Log;
using RunAi.Secrets;

namespace RunAi.Tests.Runs.Log.Cluster;

public sealed class ClusterLogTests : IDisposable
{
    private static readonly ClusterLogOptions Hasty = new()
    {
        ShortestPause = TimeSpan.FromMilliseconds(10),
        LongestPause = TimeSpan.FromMilliseconds(50),
        LongestTroublePause = TimeSpan.FromMilliseconds(50),
        Quiet = TimeSpan.FromMilliseconds(150),
    };

    private const string NoStatus = "Mono tells neither the status nor the words with which a WebSocket is refused.";

    private static readonly bool IsMono = Type.GetType("Mono.Runtime") is not null;

    private readonly RecordingLog _log = new();
    private readonly List<LogLine> _lines = [];
    private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ControlPlaneTransport _transport = new(new ControlPlaneOptions { RetryDelay = TimeSpan.FromMilliseconds(10) });

    public void Dispose() => _transport.Dispose();

    [Fact]
    public async Task What_a_stream_brings_is_shown_and_the_end_of_the_workload_ends_it()
    {
        using var cluster = new ScriptedCluster(async log =>
        {
            await log.TextAsync("hi\nth");
            await log.BinaryAsync(Encoding.UTF8.GetBytes("ere"));
            _ended.TrySetResult(true);
            await log.CloseAsync();
        });

        await FollowAsync(cluster);

        Assert.Equal(["hi", "there"], Texts);
        Assert.Empty(_log.Warnings);
        var first = cluster.Connections.First();
        Assert.Equal("/cluster-api/api/v1/vision/workloads/training/runai/runai-hello-1/logs", first.Path);
        Assert.Equal("Bearer token-1", first.Authorization);
    }

    [Fact]
    public async Task A_stream_that_ends_in_any_way_goes_on_without_a_line_lost_or_doubled()
    {
        const string All = "one\ntwo\nthree\nfour\nfünf\n";
        using var cluster = new ScriptedCluster(
            log => log.TextAsync("one\ntw"),                                            // the connection goes away
            async log =>
            {
                await log.TextAsync("one\ntwo\nthr");
                await log.CloseAsync();
            },
            log => log.TextAsync(All.Substring(0, 5)),                                  // cut within what was shown before
            log => log.RefuseAsync(502, "<html><center>nginx</center></html>", "text/html"),
            async log =>
            {
                await log.BinaryAsync(Encoding.UTF8.GetBytes("one\ntwo\nthree\nfour\nf\u00FC").AsSpan(0, 20).ToArray());
                _ended.TrySetResult(true);
            },
            async log =>
            {
                await log.TextAsync(All);
                await log.CloseAsync();
            });

        await FollowAsync(cluster);

        Assert.Equal(["one", "two", "three", "four", "fünf"], Texts);
        Assert.Empty(_log.Warnings);
    }

    [SkippableFact]
    public async Task Characters_that_are_cut_between_text_messages_are_put_together()
    {
        Skip.If(Edition.IsDesktop, "The WebSocket of .NET Framework checks text messages and ends the stream.");
        var bytes = Encoding.UTF8.GetBytes("käse 🧀 und más\n");
        using var cluster = new ScriptedCluster(async log =>
        {
            foreach (var value in bytes)
            {
                await log.TextAsync([value]);
            }

            _ended.TrySetResult(true);
            await log.CloseAsync();
        });

        await FollowAsync(cluster);

        Assert.Equal(["käse 🧀 und más"], Texts);
    }

    [Theory]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(70_000)]
    public async Task Messages_of_every_length_come_whole(int length)
    {
        var line = new string('x', length - 1);
        using var cluster = new ScriptedCluster(async log =>
        {
            await log.TextAsync("first\n");
            await log.PingAsync("are you there");
            await log.TextAsync(line + "\n");
            await log.TextAsync("last\n");
            _ended.TrySetResult(true);
            await log.CloseAsync();
        });

        await FollowAsync(cluster);

        Assert.Equal(["first", line, "last"], Texts);
        Assert.Empty(cluster.Failures);
    }

    [Fact]
    public async Task A_workload_that_is_not_ready_is_waited_for_in_silence_however_that_is_said()
    {
        const string NotReady = "workload is not ready to stream: pod is not ready";
        using var cluster = new ScriptedCluster(
            log => log.RefuseAsync(400, NotReady),
            async log =>
            {
                await log.TextAsync(NotReady);
                await log.CloseAsync();
            },
            log => log.RefuseAsync(404, "pod not found"),
            log => log.RefuseAsync(404, "one of requested resource was not found"),
            async log =>
            {
                await log.TextAsync("hi\n");
                _ended.TrySetResult(true);
                await log.CloseAsync();
            });

        await FollowAsync(cluster);

        Assert.Equal(["hi"], Texts);
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public async Task A_program_that_prints_the_servers_words_is_no_statement_of_the_server()
    {
        using var cluster = new ScriptedCluster(async log =>
        {
            await log.TextAsync("pod not found\n");
            await log.TextAsync("but I go on\n");
            _ended.TrySetResult(true);
            await log.CloseAsync();
        });

        await FollowAsync(cluster);

        Assert.Equal(["pod not found", "but I go on"], Texts);
    }

    [SkippableFact]
    public async Task A_token_that_is_refused_is_renewed()
    {
        Skip.If(IsMono, NoStatus);
        using var cluster = new ScriptedCluster(
            async log =>
            {
                await log.TextAsync("one\n");
                await log.CloseAsync("token expired");
            },
            log => log.RefuseAsync(401, "Unauthorized"),
            async log =>
            {
                await log.TextAsync("one\ntwo\n");
                _ended.TrySetResult(true);
                await log.CloseAsync();
            });

        await FollowAsync(cluster);

        Assert.Equal(["one", "two"], Texts);
        Assert.Equal("Bearer token-2", cluster.Connections.ElementAt(2).Authorization);
        Assert.Empty(_log.Warnings);
    }

    [SkippableFact]
    public async Task A_cluster_that_takes_no_token_is_told_of_once_and_left_alone()
    {
        Skip.If(IsMono, NoStatus);
        using var cluster = new ScriptedCluster(log => log.RefuseAsync(401, "Unauthorized"));

        await FollowAsync(cluster);

        Assert.Contains("does not accept the control plane's access token", Assert.Single(_log.Warnings), StringComparison.Ordinal);
        Assert.Equal(2, cluster.Connections.Count);
    }

    [Fact]
    public async Task A_cluster_that_is_not_reached_is_told_of_once_with_the_reason_and_the_other_ways()
    {
        using var cluster = new ScriptedCluster(_ => Task.CompletedTask) { Domain = "http://127.0.0.1:1" };
        var following = FollowAsync(cluster);
        while (_log.Warnings.Count == 0)
        {
            Assert.False(following.IsCompleted, "It must go on to try.");
            await Task.Yield();
        }

        _ended.SetResult(true);
        await following;

        var warning = Assert.Single(_log.Warnings);
        Assert.Contains("runai-hello-1", warning, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1:1 ", warning, StringComparison.Ordinal);
        Assert.Contains("kubectl logs -n runai-vision", warning, StringComparison.Ordinal);
        Assert.Contains("artifact store", warning, StringComparison.Ordinal);
        Assert.Contains("/workloads?search=runai-hello-1", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "has no domain")]
    [InlineData("http://gpu.example.org", "-AllowInsecureHttp")]
    public async Task A_cluster_without_an_address_that_may_be_used_is_told_of_at_once(string? domain, string why)
    {
        using var cluster = new ScriptedCluster(_ => Task.CompletedTask) { Domain = domain };

        await FollowAsync(cluster);

        Assert.Contains(why, Assert.Single(_log.Warnings), StringComparison.Ordinal);
        Assert.Empty(cluster.Connections);
    }

    [Fact]
    public async Task The_operators_address_goes_before_the_clusters_domain()
    {
        using var cluster = new ScriptedCluster(async log =>
        {
            await log.TextAsync("hi\n");
            _ended.TrySetResult(true);
            await log.CloseAsync();
        })
        { Domain = "https://elsewhere.example.org" };

        await FollowAsync(cluster, stepOperator => stepOperator.ClusterUrl = cluster.Url + "/");

        Assert.Equal(["hi"], Texts);
    }

    [Fact]
    public async Task The_log_of_another_start_is_shown_from_its_beginning()
    {
        ScriptedCluster? cluster = null;
        using var scripted = new ScriptedCluster(
            async log =>
            {
                await log.TextAsync("epoch 1\nepoch 2\n");
                await cluster!.PodsAsked.Task;
                cluster.Pod = "pod-2";
            },
            async log =>
            {
                await log.TextAsync("epoch 1\n");
                _ended.TrySetResult(true);
                await log.CloseAsync();
            });
        cluster = scripted;

        await FollowAsync(scripted);

        Assert.Equal(["epoch 1", "epoch 2", "epoch 1"], Texts);
        Assert.Equal([1, 1, 2], _lines.Select(line => line.Start));
    }

    [Fact]
    public async Task What_comes_after_the_stream_has_ended_is_read_once_more_at_the_end()
    {
        using var cluster = new ScriptedCluster(
            async log =>
            {
                await log.TextAsync("one\n");
                _ended.TrySetResult(true);
            },
            async log =>
            {
                await log.TextAsync("one\nlast words");
                await log.CloseAsync();
            });

        await FollowAsync(cluster);

        Assert.Equal(["one", "last words"], Texts);
        Assert.Equal(2, cluster.Connections.Count);
    }

    [SkippableFact]
    public async Task A_log_that_its_cluster_has_no_more_is_told_of_at_the_end()
    {
        Skip.If(IsMono, NoStatus);
        using var cluster = new ScriptedCluster(log => log.RefuseAsync(404, "unable to retrieve container logs for containerd://abc"));
        _ended.SetResult(true);

        await FollowAsync(cluster);

        Assert.Contains("unable to retrieve container logs", Assert.Single(_log.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Distributed", "PyTorch", "training/pytorch")]
    [InlineData("Workspace", null, "workspace/runai")]
    [InlineData("Training", null, "training/runai")]
    public void Addresses_have_type_and_framework(string type, string? framework, string segments)
    {
        var request = new WorkloadLogRequest("a b", type, framework, "w")
        {
            Pod = "p-0",
            Since = TimeSpan.FromMinutes(1.5),
            Previous = true,
        };

        Assert.Equal(
            $"wss://gpu.example.org/sub/cluster-api/api/v1/a%20b/workloads/{segments}/w/logs?pod=p-0&previous=true&sinceSeconds=90",
            ClusterApiRoutes.LogOf(new Uri("https://gpu.example.org/sub/"), request).AbsoluteUri);
    }

    [Theory]
    [InlineData("gpu.example.org", "https://gpu.example.org/")]
    [InlineData("gpu.example.org/", "https://gpu.example.org/")]
    [InlineData("https://GPU.example.org/", "https://gpu.example.org/")]
    [InlineData("wss://gpu.example.org", "https://gpu.example.org/")]
    [InlineData("gpu.example.org:8443", "https://gpu.example.org:8443/")]
    [InlineData("http://127.0.0.1:80", "http://127.0.0.1/")]
    public void A_domain_comes_with_or_without_a_scheme(string domain, string address) =>
        Assert.Equal(address, ClusterDomain.Parse(domain, allowInsecureHttp: false).Address!.AbsoluteUri);

    private IEnumerable<string> Texts => _lines.Select(line => line.Text);

    private async Task FollowAsync(ScriptedCluster cluster, Action<StepOperator>? change = null)
    {
        var stepOperator = new StepOperator { Name = "gpu", RunAiBaseUrl = cluster.Url, ProjectName = "vision" };
        change?.Invoke(stepOperator);
        var session = new ControlPlaneSession(_transport, new Uri(cluster.Url), "step-runner", "{{runai.client_secret}}");
        var client = new ControlPlaneClient(
            session, new ClientCredential(_ => Task.FromResult(new SecretText("a-secret-of-tests")), "tests"), _log);
        var source = new ClusterLogSource(
            new StepOperatorConnection(stepOperator, client), "w1", new WorkloadLogRequest("vision", "Training", null, "runai-hello-1"));
        var following = new ClusterLogFollower(source, TimeProvider.System, _log, Hasty).FollowAsync(_lines.Add, _ended.Task, default);
        Assert.Same(following, await Task.WhenAny(following, Task.Delay(TimeSpan.FromSeconds(60))));
        await following;
        Assert.Empty(cluster.Failures);
    }
}
