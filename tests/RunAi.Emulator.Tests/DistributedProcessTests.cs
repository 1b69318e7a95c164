using System.Text.Json;

namespace RunAi.Emulator.Tests;

public class DistributedProcessTests
{
    private const string Env = "sh -c 'env | sort'";

    [Fact]
    public async Task Environment_OfPyTorch_TellsEachReplicaItsRank()
    {
        var (emulator, id) = await RunAsync("PyTorch");
        await using var running = emulator;

        var master = await VariablesAsync(emulator, id, "many-master-0");
        var worker = await VariablesAsync(emulator, id, "many-worker-1");

        Assert.Equal(
            ("0", "3", "127.0.0.1", "many-master-0"), (master["RANK"], master["WORLD_SIZE"], master["MASTER_ADDR"], master["HOSTNAME"]));
        Assert.Equal(
            ("2", "3", master["MASTER_PORT"], "many-worker-1"),
            (worker["RANK"], worker["WORLD_SIZE"], worker["MASTER_PORT"], worker["HOSTNAME"]));
        Assert.False(worker.ContainsKey("PET_NNODES"));
    }

    [Fact]
    public async Task Environment_OfPyTorchWithoutAMaster_LeavesRanksToTheReplicas()
    {
        var (emulator, id) = await RunAsync("PyTorch", sameMaster: false);
        await using var running = emulator;

        var worker = await VariablesAsync(emulator, id, "many-worker-1");

        Assert.False(worker.ContainsKey("RANK"));
        Assert.Equal(("2:2", "c10d"), (worker["PET_NNODES"], worker["PET_RDZV_BACKEND"]));
    }

    [Fact]
    public async Task Environment_OfTensorFlow_HasTheClusterAndTheTask()
    {
        var (emulator, id) = await RunAsync("TF");
        await using var running = emulator;

        using var config = JsonDocument.Parse((await VariablesAsync(emulator, id, "many-worker-1"))["TF_CONFIG"]);

        var task = config.RootElement.GetProperty("task");
        Assert.Equal(("worker", 1), (task.GetProperty("type").GetString(), task.GetProperty("index").GetInt32()));
        var cluster = config.RootElement.GetProperty("cluster");
        Assert.Equal((1, 2), (cluster.GetProperty("master").GetArrayLength(), cluster.GetProperty("worker").GetArrayLength()));
    }

    [Fact]
    public async Task Environment_OfJax_NamesTheFirstWorkerAsCoordinator()
    {
        var (emulator, id) = await RunAsync("JAX", sameMaster: false);
        await using var running = emulator;

        var worker = await VariablesAsync(emulator, id, "many-worker-1");

        Assert.Equal(("1", "2", "127.0.0.1"), (worker["PROCESS_ID"], worker["NUM_PROCESSES"], worker["COORDINATOR_ADDRESS"]));
    }

    [Fact]
    public async Task Environment_OfXGBoost_HasTheAddressesOfTheWorkers()
    {
        var (emulator, id) = await RunAsync("XGBoost");
        await using var running = emulator;

        var worker = await VariablesAsync(emulator, id, "many-worker-0");

        Assert.Equal(("1", "3", "127.0.0.1,127.0.0.1"), (worker["RANK"], worker["WORLD_SIZE"], worker["WORKER_ADDRS"]));
    }

    [Fact]
    public async Task Mpi_WithWorkersThatHaveNoCommand_EndsWithItsLauncher()
    {
        await using var emulator = await TestEmulator.ProcessAsync();
        var id = await emulator.SubmitDistributedAsync("many", """{"distributedFramework":"MPI"}""", $$"""{"command":"{{Env}}"}""");

        await emulator.ReachesAsync(id, "Completed");

        Assert.Equal("launcher", (await VariablesAsync(emulator, id, "many-launcher-0"))["K_MPI_JOB_ROLE"]);
    }

    [Fact]
    public async Task Master_ThatEnds_TakesTheWorkersAlong()
    {
        await using var emulator = await TestEmulator.ProcessAsync();
        var id = await emulator.SubmitDistributedAsync("many", """{"command":"sleep 1000"}""", """{"command":"true"}""");

        await emulator.ReachesAsync(id, "Completed");

        var workload = Assert.Single(emulator.Host.ControlPlane.Workloads.Live);
        Assert.All(workload.Pods.Where(pod => pod.Role == State.PodRole.Worker), pod => Assert.True(pod.Stopping));
    }

    [Fact]
    public async Task Workers_OfAPolicyThatCleansNone_RunOnAndKeepTheirPlaces()
    {
        await using var emulator = await TestEmulator.ProcessAsync();
        var id = await emulator.SubmitDistributedAsync(
            "many", """{"command":"sleep 1000","cleanPodPolicy":"None"}""", """{"command":"true"}""");

        await emulator.ReachesAsync(id, "Completed");

        Assert.Equal(2, (int)(await emulator.WorkloadAsync(id))["runningPods"]!);
    }

    [Fact]
    public async Task Worker_ThatFails_FailsTheWorkloadAndIsNamed()
    {
        await using var emulator = await TestEmulator.ProcessAsync();
        const string Spec = """{"command":"sh -c 'test $RANK != 2 || exit 3; exec sleep 1000'","backoffLimit":0}""";
        var id = await emulator.SubmitDistributedAsync("many", Spec);

        await emulator.ReachesAsync(id, "Failed");

        Assert.StartsWith(
            "Pod many-worker-1 failed with exit code 3", (string?)(await emulator.WorkloadAsync(id))["phaseMessage"],
            StringComparison.Ordinal);
    }

    private static async Task<(TestEmulator Emulator, string Id)> RunAsync(string framework, bool sameMaster = true)
    {
        var emulator = await TestEmulator.ProcessAsync();
        // The master must not end before the workers have told what they see.
        var spec = $$"""{"distributedFramework":"{{framework}}","command":"{{Env}}","cleanPodPolicy":"None"}""";
        var id = await emulator.SubmitDistributedAsync("many", spec, sameMaster: sameMaster);
        await emulator.ReachesAsync(id, "Completed");
        return (emulator, id);
    }

    private static async Task<Dictionary<string, string>> VariablesAsync(TestEmulator emulator, string id, string pod)
    {
        using var patience = new CancellationTokenSource(TestEmulator.Patience);
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            var answer = await emulator.Bare.GetAsync(new Uri($"/emulator/workloads/{id}/log?pod={pod}", UriKind.Relative), patience.Token);
            var log = answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(patience.Token) : "";
            if (log.Contains("\nPYTHONUNBUFFERED=1\n", StringComparison.Ordinal))
            {
                return log.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToDictionary(
                    line => line.Split('=', 2)[0], line => line.Split('=', 2)[1]);
            }
        }
    }
}
