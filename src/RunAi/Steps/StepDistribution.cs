using System.Collections;

namespace RunAi;

/// <summary>How a step is spread over several pods that work together (a distributed training of the Run:ai API).</summary>
public sealed class StepDistribution
{
    /// <summary>
    /// The framework by which the pods find each other: <c>PyTorch</c>, <c>MPI</c>, <c>TF</c>, <c>XGBoost</c> or <c>JAX</c>
    /// (<c>distributedFramework</c>).
    /// </summary>
    public string Framework { get; set; } = "";

    /// <summary>How many workers there are, 1 or more; a master is not counted (<c>numWorkers</c>).</summary>
    public int? Workers { get; set; }

    /// <summary>True for workers alone. MPI and XGBoost need a master; JAX never has one.</summary>
    public bool NoMaster { get; set; }

    /// <summary>The master's own settings; the step's lie under them (<c>masterSpec</c>). Null for a master like the workers.</summary>
    public StepSettings? MasterSettings { get; set; }

    /// <summary>
    /// The master's own program and arguments; null for those of the workers (<c>masterSpec.command</c>, <c>masterSpec.args</c>).
    /// </summary>
    public string[]? MasterCommand { get; set; }

    /// <summary>
    /// The master's own image, for a step without the step runner; null for that of the workers (<c>masterSpec.image</c>).
    /// </summary>
    public string? MasterImage { get; set; }

    /// <summary>Variables of the master alone, over those of the step (<c>masterSpec.environmentVariables</c>); null for none.</summary>
    public IDictionary? MasterEnvironment { get; set; }

    /// <summary>The fewest workers that an elastic PyTorch training goes on with (<c>minReplicas</c>).</summary>
    public int? MinReplicas { get; set; }

    /// <summary>The most workers that an elastic PyTorch training grows to (<c>maxReplicas</c>).</summary>
    public int? MaxReplicas { get; set; }

    /// <summary>How many MPI processes each worker takes, 1 or more (<c>slotsPerWorker</c>).</summary>
    public int? SlotsPerWorker { get; set; }

    /// <summary>Where MPI's SSH keys are mounted, an absolute path; <c>/root/.ssh</c> unless given (<c>sshAuthMountPath</c>).</summary>
    public string? SshAuthMountPath { get; set; }

    /// <summary>When MPI's launcher is made: <c>AtStartup</c> or <c>WaitForWorkersReady</c> (<c>mpiLauncherCreationPolicy</c>).</summary>
    public string? MpiLauncherCreationPolicy { get; set; }

    /// <summary>
    /// Which pods are removed when the training has ended: <c>None</c>, <c>All</c> or <c>Running</c> (<c>cleanPodPolicy</c>).
    /// </summary>
    public string? CleanPodPolicy { get; set; }

    /// <summary>True when there is a master beside the workers.</summary>
    internal bool HasMaster => !NoMaster && Framework != Steps.DistributionRules.Jax;

    /// <summary>True when the master is no different from the workers.</summary>
    internal bool IsMasterLikeWorkers =>
        Framework != Steps.DistributionRules.Mpi
        && MasterSettings is null && MasterCommand is null && string.IsNullOrEmpty(MasterImage) && MasterEnvironment is not { Count: > 0 };

    /// <summary>What is needed beside the request: the replicas, and the command of the master under the step runner.</summary>
    internal StepDistribution WithoutSpec() => new()
    {
        Framework = Framework,
        Workers = Workers,
        MaxReplicas = MaxReplicas,
        NoMaster = NoMaster,
        MasterCommand = MasterCommand,
    };

    /// <summary>The framework and the number of workers.</summary>
    /// <returns>For example <c>PyTorch, 3 workers</c>.</returns>
    public override string ToString() => $"{Framework}, {Workers} workers";
}
