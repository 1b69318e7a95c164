using System.Text;
using RunAi.RunManifest;

namespace RunAi.StepRunner.Tests;

/// <summary>
/// Pods of a distributed step start the runner with one manifest; each knows which replica it is and keeps to its own places.
/// </summary>
public sealed class ReplicaTests
{
    private static readonly string[] WithMaster = ["master", "worker-0", "worker-1"];
    private static readonly string[] WithoutMaster = ["worker-0", "worker-1"];

    public static TheoryData<string> All => Runners.All;

    /// <summary>What the operators in the cluster set, and which replica that is.</summary>
    public static TheoryData<string, bool, string, string, string> Identities => new()
    {
        { "PyTorch", true, "RANK", "0", "master" },
        { "PyTorch", true, "RANK", "2", "worker-1" },
        { "PyTorch", false, "HOSTNAME", "runai-train-4g7c2h9k-worker-1", "worker-1" },
        { "XGBoost", true, "RANK", "1", "worker-0" },
        { "TF", true, "TF_CONFIG", """{"cluster":{},"task":{"type":"chief","index":0}}""", "master" },
        { "TF", true, "TF_CONFIG", """{"cluster":{},"task":{"type":"worker","index":1}}""", "worker-1" },
        { "JAX", false, "PROCESS_ID", "1", "worker-1" },
        { "JAX", false, "JAX_PROCESS_ID", "0", "worker-0" },
        { "TF", true, "HOSTNAME", "runai-train-4g7c2h9k-master-0", "master" },
    };

    [Theory, MemberData(nameof(Identities))]
    public async Task Replica_ByTheVariablesOfItsFramework_WritesToItsOwnPlaces(
        string framework, bool hasMaster, string variable, string value, string name)
    {
        await using var run = await DistributedAsync(
            Runners.Plain, framework, hasMaster ? WithMaster : WithoutMaster, "echo I am $RUNAI_REPLICA");
        run.Environment[variable] = value;

        await run.RunAsync();

        var isFirst = name is "master" || (name == "worker-0" && !hasMaster);
        var place = isFirst ? "" : name + "/";
        Assert.Equal(name, Scenario.Read<RunResult>(run.Store.Objects[place + "result"]).Replica);
        Assert.Contains($"I am {name}", run.Store.Text(place + "log/0"), StringComparison.Ordinal);
        Assert.Equal(isFirst, run.Store.Objects.ContainsKey("result"));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Mpi_Launcher_IsTheOneReplica(string runner)
    {
        await using var run = await DistributedAsync(runner, "MPI", ["launcher"], "true");
        run.Environment["K_MPI_JOB_ROLE"] = "launcher";

        Assert.Equal(0, (await run.RunAsync()).ExitCode);
        Assert.Equal("launcher", run.Result.Replica);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Replica_ThatNothingTellsOf_Is65AndWritesNowhere(string runner)
    {
        await using var run = await DistributedAsync(runner, "PyTorch", WithMaster, "true");
        run.Environment["RANK"] = "7";
        run.Environment["HOSTNAME"] = "node-12";

        var process = await run.RunAsync();

        Assert.Equal(65, process.ExitCode);
        Assert.Contains("say one of master, worker-0, worker-1", process.Errors, StringComparison.Ordinal);
        Assert.Equal(["manifest"], run.Store.Objects.Keys);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Outputs_AreTheFirstReplicasAlone(string runner)
    {
        await using var run = await DistributedAsync(runner, "PyTorch", WithMaster, "echo of $RUNAI_REPLICA > {{outputs.model}}");
        run.AddOutput("model");

        foreach (var rank in (string[])["1", "0", "2"])
        {
            run.Environment["RANK"] = rank;
            Assert.Equal(0, (await run.RunAsync()).ExitCode);
        }

        Assert.Equal("of master\n", Encoding.UTF8.GetString(run.Published("model")));
        Assert.Equal("model", Assert.Single(run.Result.Outputs).Name);
        Assert.Empty(Scenario.Read<RunResult>(run.Store.Objects["worker-1/result"]).Outputs);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Checkpoint_OfTheFirstReplica_IsWhereTheOthersBegin(string runner)
    {
        await using var run = await DistributedAsync(
            runner, "PyTorch", WithMaster, "cat {{checkpoint}}/epoch; echo $RUNAI_REPLICA > {{checkpoint}}/epoch; exit 3");
        run.AddCheckpoint();
        run.Environment["RANK"] = "0";
        await run.RunAsync();
        Directory.Delete(run.Home, recursive: true);
        var head = run.Store.Text("checkpoint/head");

        run.Environment["RANK"] = "1";
        var worker = await run.RunAsync();

        Assert.Equal("master\n", worker.Output);
        Assert.Equal(head, run.Store.Text("checkpoint/head"));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Command_OfAReplica_TakesThePlaceOfTheManifests(string runner)
    {
        await using var run = await DistributedAsync(runner, "PyTorch", WithMaster, "echo worker");
        run.Manifest.Replicas[0].Command = ["/bin/echo", "lead"];
        run.Environment["RANK"] = "0";

        Assert.Equal("lead\n", (await run.RunAsync()).Output);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Failure_OfAWorker_IsInItsOwnResult(string runner)
    {
        await using var run = await DistributedAsync(runner, "PyTorch", WithMaster, "exit 3");
        run.Environment["RANK"] = "2";

        Assert.Equal(3, (await run.RunAsync()).ExitCode);
        var result = Scenario.Read<RunResult>(run.Store.Objects["worker-1/result"]);
        Assert.Equal((RunOutcome.Failed, 3, "worker-1"), (result.Outcome, result.ExitCode, result.Replica));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Manifest_WithoutAPlaceForAReplica_Is65(string runner)
    {
        await using var run = await DistributedAsync(runner, "PyTorch", WithMaster, "true");
        run.Manifest.Replicas[2].Result = null;
        run.Environment["RANK"] = "0";

        Assert.Equal(65, (await run.RunAsync()).ExitCode);
    }

    private static async Task<Scenario> DistributedAsync(string runner, string framework, string[] names, string script)
    {
        var run = await Scenario.ShellAsync(runner, script);
        run.Manifest.Version = Manifest.CurrentVersion;
        run.Manifest.Framework = framework;
        run.Manifest.Replicas =
        [
            .. names.Select((name, index) => index == 0 ? new ManifestReplica { Name = name } : new ManifestReplica
            {
                Name = name,
                Log = new ManifestLog { Segments = [run.Address($"{name}/log/0")], Head = run.Both($"{name}/log/head") },
                Result = new ManifestObject { Put = run.Address($"{name}/result") },
            }),
        ];
        return run;
    }
}
