using System.Globalization;
using System.Text.Json.Nodes;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Execution;

/// <summary>
/// The variables by which a replica of a distributed training finds the others: those that Kubeflow's training operator sets for each
/// framework. All replicas are on this machine, so each listens at a port of its own.
/// </summary>
internal static class ReplicaEnvironment
{
    private const string Address = "127.0.0.1";

    /// <summary>The variables of a pod; none for one that is not distributed. As the operator's, they win over the spec's.</summary>
    public static IReadOnlyDictionary<string, string> Of(Workload workload, Pod pod)
    {
        if (pod.Role is not { } role)
        {
            return new Dictionary<string, string>();
        }

        var rank = workload.HasMaster && role == PodRole.Worker ? pod.Index + 1 : pod.Index;
        var count = workload.Request.Parts.Sum(part => part.Slots);
        var variables = new Dictionary<string, string> { ["PYTHONUNBUFFERED"] = "1" };
        switch (workload.Framework)
        {
            case "PyTorch":
                PyTorch(variables, workload, rank, count);
                break;
            case "XGBoost":
                Master(variables, workload, rank, count);
                variables["WORKER_PORT"] = Number(workload.Ports!.Value[rank]);
                variables["WORKER_ADDRS"] = string.Join(',', Enumerable.Repeat(Address, count - 1));
                break;
            case "TF":
                variables["TF_CONFIG"] = TensorFlow(workload, role, pod.Index).ToJsonString();
                break;
            case "JAX":
                variables["COORDINATOR_ADDRESS"] = Address;
                variables["COORDINATOR_PORT"] = Number(workload.Ports!.Value[0]);
                variables["NUM_PROCESSES"] = Number(count);
                variables["PROCESS_ID"] = Number(rank);
                break;
            case "MPI":
                variables["K_MPI_JOB_ROLE"] = role == PodRole.Launcher ? "launcher" : "worker";
                break;
        }

        return variables;
    }

    /// <summary>Rank and size are set with a master only; without one the replicas agree on them among themselves.</summary>
    private static void PyTorch(Dictionary<string, string> variables, Workload workload, int rank, int count)
    {
        if (workload.HasMaster)
        {
            Master(variables, workload, rank, count);
        }

        if (workload.Spec["minReplicas"] is not null || workload.Spec["maxReplicas"] is not null || !workload.HasMaster)
        {
            var (least, most) = (workload.Spec["minReplicas"] ?? count, workload.Spec["maxReplicas"] ?? count);
            variables["PET_RDZV_BACKEND"] = "c10d";
            variables["PET_RDZV_ENDPOINT"] = $"{Address}:{Number(workload.Ports!.Value[0])}";
            variables["PET_NNODES"] = $"{least.ToJsonString()}:{most.ToJsonString()}";
        }
    }

    private static void Master(Dictionary<string, string> variables, Workload workload, int rank, int count)
    {
        variables["MASTER_ADDR"] = Address;
        variables["MASTER_PORT"] = Number(workload.Ports!.Value[0]);
        variables["WORLD_SIZE"] = Number(count);
        variables["RANK"] = Number(rank);
    }

    private static JsonObject TensorFlow(Workload workload, PodRole role, int index)
    {
        var places = new Queue<string>(workload.Ports!.Value.Select(port => $"{Address}:{Number(port)}"));
        var cluster = new JsonObject();
        if (workload.HasMaster)
        {
            cluster["master"] = new JsonArray(places.Dequeue());
        }

        cluster["worker"] = new JsonArray([.. places.Select(place => JsonValue.Create(place))]);
        return new JsonObject
        {
            ["cluster"] = cluster,
            ["task"] = new JsonObject { ["type"] = role == PodRole.Master ? "master" : "worker", ["index"] = index },
            ["environment"] = "cloud",
        };
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
