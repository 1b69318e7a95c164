namespace RunAi.Diagnosis.Rules;

/// <summary>
/// It used more memory than its limit, or the node ran out of it: <c>OOMKilled</c> (Kubernetes container state), <c>OOMKilling</c> and
/// <c>SystemOOM</c> (node problem detector, kubelet), exit code 137 (128 + SIGKILL), eviction because a node is low on memory
/// (kubelet eviction manager: "The node was low on resource: memory"). In the log, GPU memory: the errors of PyTorch, TensorFlow and CUDA.
/// </summary>
internal sealed class OutOfMemoryRule : DiagnosisRule
{
    private const int Sigkill = 137;

    private static readonly EvidencePattern Killed = new(
        ["OOMKilled", "OOMKilling", "SystemOOM"], @"\bOOMKilled\b|\bout of memory\b|low on resource:? memory|exceed(?:s|ed) memory limit");

    private static readonly EvidencePattern GpuMemory = new(
        [],
        @"CUDA out of memory|cuda\.OutOfMemoryError|CUDA_ERROR_OUT_OF_MEMORY|cudaErrorMemoryAllocation|CUBLAS_STATUS_ALLOC_FAILED"
        + @"|ResourceExhaustedError|RESOURCE_EXHAUSTED.{0,60}(?:memory|allocat)");

    private static readonly EvidencePattern HostMemory = new(
        [], @"^MemoryError\b|std::bad_alloc|Cannot allocate memory|java\.lang\.OutOfMemoryError");

    private static readonly EvidencePattern Ended = new(
        ["Evict", "Preempted", "Evicted", "NodeLost", "NodeNotReady", "TaintManagerEviction", "NodeShutdown"]);

    public override Finding? Examine(DiagnosisInput input)
    {
        if (!input.HasFailed && !(input.Phase == DiagnosisPhase.Running && input.ExitCode is not null))
        {
            return null;
        }

        var found = input.Find(Killed);
        return found.Count > 0 ? Found(input, "It was killed because it used more memory than it was given.", found)
            : input.ExitCode == Sigkill && input.Find(Ended).Count == 0
                ? Found(input, "Its command was killed (exit code 137), which is a lack of memory most often.")
            : InLog(input);
    }

    /// <summary>What the last lines of the log tell; null when they tell of no lack of memory.</summary>
    public static Finding? InLog(DiagnosisInput input)
    {
        var gpu = Lines(input, GpuMemory);
        if (gpu.Length > 0)
        {
            return new Finding(
                DiagnosisCause.OutOfMemory,
                "The command ran out of GPU memory.",
                gpu,
                "Give it more: New-RunAiStepSettings -GpuPortionRequest 1 (or -GpuRequestType memory -GpuMemoryRequest 16G), or a node "
                + "pool with larger GPUs: -NodePools POOL.",
                "Or have the command use less, for example with smaller batches.");
        }

        var host = Lines(input, HostMemory);
        return host.Length > 0 ? Found(input, "The command ran out of memory.", host) : null;
    }

    public static Finding Found(DiagnosisInput input, string summary, IReadOnlyList<DiagnosisEvidence>? evidence = null)
    {
        var peak = input.Hints.Result is { PeakMemory: > 0 } result
            ? $" It held {(result.PeakMemory / 1e9).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)} GB at its peak."
            : "";
        return new Finding(
            DiagnosisCause.OutOfMemory,
            summary + peak,
            evidence ?? [
                .. input.Records.Where(r => r.Source == EvidenceSource.Result || ExitCode.In([r.Text]) is not null).Take(3),
                input.PhaseEvidence()],
            "Ask for more memory: New-RunAiStepSettings -CpuMemoryRequest 16G (and -CpuMemoryLimit, when one is set).",
            "A large /dev/shm helps data loaders of several processes: -LargeShmRequest.");
    }

    private static DiagnosisEvidence[] Lines(DiagnosisInput input, EvidencePattern pattern) =>
        [.. input.Hints.LastLogLines.Where(pattern.AreIn).Reverse().Take(3)
            .Select(line => new DiagnosisEvidence(EvidenceSource.Log, null, null, line))];
}
