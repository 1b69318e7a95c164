using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RunAi.StepRunner.Replicas;

/// <summary>
/// Finds out which replica of a distributed step this one is, from the variables that the operators in the cluster set: <c>RANK</c> for
/// PyTorch with a master and for XGBoost (the master is 0), <c>TF_CONFIG</c> for TensorFlow, <c>PROCESS_ID</c> or <c>JAX_PROCESS_ID</c> for
/// JAX (Kubeflow training operator 1 and trainer 2), <c>K_MPI_JOB_ROLE</c> for MPI (MPI operator). Where these do not tell, as for PyTorch
/// without a master, the pod's name does, which is <c>JOB-ROLE-INDEX</c> and the host's name. Pods in the host's network have the node's
/// name instead.
/// </summary>
internal static partial class ReplicaIdentity
{
    private const string Master = "master";
    private const string Launcher = "launcher";

    /// <summary>The name of this replica; null when nothing tells one of those that there are.</summary>
    /// <param name="framework">The framework, as the API names it.</param>
    /// <param name="known">The names of all replicas.</param>
    /// <param name="environment">The variables of the container.</param>
    /// <param name="hostName">The name of the container's host.</param>
    public static string? Find(string? framework, IReadOnlyCollection<string> known, IDictionary environment, string hostName)
    {
        var name = framework switch
        {
            "PyTorch" or "XGBoost" => OfRank(Number(environment["RANK"]), known),
            "TF" => OfTensorFlow((string?)environment["TF_CONFIG"]),
            "JAX" => Worker(Number(environment["PROCESS_ID"] ?? environment["JAX_PROCESS_ID"])),
            "MPI" when (string?)environment["K_MPI_JOB_ROLE"] == Launcher => Launcher,
            _ => null,
        };
        string?[] found = [name, OfPod((string?)environment["HOSTNAME"]), OfPod(hostName)];
        return found.FirstOrDefault(text => text is not null && known.Contains(text));
    }

    private static string? OfRank(int? rank, IReadOnlyCollection<string> known) => (rank, known.Contains(Master)) switch
    {
        (0, true) => Master,
        (_, true) => Worker(rank - 1),
        _ => Worker(rank),
    };

    private static string? OfTensorFlow(string? config)
    {
        if (string.IsNullOrEmpty(config))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(config);
            var task = json.RootElement.GetProperty("task");
            return task.GetProperty("type").GetString() switch
            {
                Master or "chief" => Master,
                "worker" => Worker(task.GetProperty("index").GetInt32()),
                _ => null,
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // The command will say what is wrong with it; the pod's name may tell.
            return null;
        }
    }

    private static string? OfPod(string? host) => PodName().Match(host ?? "") is not { Success: true } match ? null
        : match.Groups["role"].Value switch
        {
            "worker" => Worker(Number(match.Groups["index"].Value)),
            Launcher => Launcher,
            _ => Master,
        };

    private static string? Worker(int? index) => index is >= 0 ? string.Create(CultureInfo.InvariantCulture, $"worker-{index}") : null;

    private static int? Number(object? text) =>
        int.TryParse(text as string, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A launcher is a pod of a job, so that its name ends in five characters at random.</summary>
    [GeneratedRegex(@"-(?:(?<role>master|chief|worker)-(?<index>[0-9]{1,6})|(?<role>launcher)(?:-[0-9a-z]+)?)\z")]
    private static partial Regex PodName();
}
