using RunAi.Reports;

namespace RunAi.EndToEnd.Tests.Reports;

/// <summary>
/// Reports of runs that never were: one with all that a report can have, in hostile words where a workload could say them, and several to
/// compare.
/// </summary>
internal static class SampleReports
{
    /// <summary>What would run, or break out of the page, if it were taken for anything but text.</summary>
    public const string Hostile =
        "</pre></style></title><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">]]>&amp;\u202e \"'`";

    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A run that was preempted, failed, was tried again and succeeded.</summary>
    public static RunReport Full()
    {
        var report = Of("train", 1, 0.72, StepRunState.Succeeded);
        return new RunReport
        {
            Run = report.Run,
            Attempts =
            [
                new AttemptReport
                {
                    Attempt = 1,
                    WorkloadName = "runai-train-a",
                    State = StepRunState.Failed,
                    Cause = DiagnosisCause.Preempted,
                    Preemptions = 2,
                    SubmittedAt = Noon,
                    Phases = Phases(
                        Noon, ("Pending", 6), ("Initializing", 1), ("Running", 12), ("Pending", 8), ("Running", 9), ("Failed", 0)),
                },
                report.Attempts[0] with
                {
                    Attempt = 2,
                    Phases = Phases(Noon.AddMinutes(40), ("Pending", 3), ("Initializing", 2), ("Running", 30), ("Completed", 0)),
                },
            ],
            Metrics =
            [
                .. Series(Noon.AddMinutes(7), 12, 0.6), .. Series(Noon.AddMinutes(27), 9, 0.6), .. Series(Noon.AddMinutes(45), 30, 0.72),
            ],
            Usage = report.Usage,
            Diagnosis = new WorkloadDiagnosis
            {
                Cause = DiagnosisCause.UserCode,
                Summary = $"The command failed: {Hostile}",
                Remedy =
                [
                    "Look at its log: Receive-RunAiStepLog 01JD8Z5V0Q4X9T2M7N3K6P1R8S",
                    "Ask for more memory with -Settings @{ CpuMemoryRequest = '4Gi' }.",
                ],
                Evidence = [new DiagnosisEvidence(EvidenceSource.Pod, Noon, "Error", "exit code 1")],
            },
            Inputs =
            [
                new Artifact { Name = "data", Digest = "sha256:" + new string('a', 64), Size = 1_234_567_890, FileName = Hostile },
                new Artifact { Name = "code", Digest = "sha256:" + new string('b', 64), Size = 512 },
            ],
            Settings =
            [
                .. report.Settings,
                new ReportedSetting("environmentVariables.TOKEN", ReportedSetting.Withheld),
                new ReportedSetting("args", Hostile + new string('x', 300)),
            ],
            Log =
            [
                Line("runner", "The step runner starts."),
                .. Enumerable.Range(1, 12).Select(epoch => Line("stdout", $"epoch {epoch} loss {1.0 / epoch:0.000}")),
                Line("stderr", Hostile),
                Line("stdout", "a line that is much wider than any phone: " + string.Join(' ', Enumerable.Repeat("0123456789", 30))),
            ],
            Gaps = ["The pods' metrics: the control plane answered 502"],
        };
    }

    /// <summary>Runs of one step with different settings.</summary>
    public static IReadOnlyList<RunReport> Several() =>
    [
        Of("sweep", 1, 0.35, StepRunState.Succeeded),
        Of("sweep", 2, 0.52, StepRunState.Succeeded),
        Of("sweep", 3, 0.9, StepRunState.Failed),
        Of("sweep", 4, 0.05, StepRunState.TimedOut),
        Of("sweep", 5, 0.71, StepRunState.Running),
    ];

    private static RunReport Of(string step, int number, double load, StepRunState state)
    {
        var start = Noon.AddHours(number);
        var minutes = 20 + (number * 6);
        var id = $"01JD8Z5V0Q4X9T2M7N3K6P1R{number:00}";
        return new RunReport
        {
            Run = new StepRun
            {
                RunId = id,
                StepName = step,
                StepOperator = "gpu",
                ProjectName = "vision",
                WorkloadId = "0b9d7b6e-0000-4000-8000-00000000000" + number,
                WorkloadName = $"runai-{step}-4g7c2h9k{number}",
                State = state,
                Message = state == StepRunState.Failed ? $"The command ended with exit code 1. {Hostile}" : null,
                ExitCode = state switch { StepRunState.Succeeded => 0, StepRunState.Failed => 1, _ => null },
                SubmittedAt = start,
                FirstSubmittedAt = start,
                StartedAt = start.AddMinutes(4),
                EndedAt = state == StepRunState.Running ? null : start.AddMinutes(4 + minutes),
                Image = "registry.example/team/very-long-name-of-an-image/train@sha256:" + new string('c', 64),
                Url = "https://runai.example/workloads/details/1",
                Outputs = state != StepRunState.Succeeded ? [] : new Dictionary<string, Artifact>
                {
                    ["model"] = new Artifact
                    {
                        Name = "model",
                        FileName = "model.pt",
                        Digest = "sha256:" + new string((char)('0' + number), 64),
                        Size = 98_765_432,
                    },
                },
            },
            Attempts =
            [
                new AttemptReport
                {
                    Attempt = 1,
                    WorkloadName = $"runai-{step}-{number}",
                    State = state,
                    Phases = Phases(
                        start, ("Pending", 3), ("Initializing", 1), ("Running", minutes),
                        (state == StepRunState.Succeeded ? "Completed" : "Failed", 0)),
                },
            ],
            Metrics = [.. Series(start.AddMinutes(4), minutes, load)],
            Usage = new WorkloadUsage
            {
                RunningTime = TimeSpan.FromMinutes(minutes),
                GpuRequested = 0.5,
                GpuHours = minutes / 120.0,
                GpuIdleShare = load < 0.1 ? 0.8 : 0.04,
                GpuUtilizationMean = load * 90,
                GpuUtilizationPeak = load * 100,
                GpuMemoryRequested = 8_589_934_592,
                GpuMemoryPeak = (long)(load * 8e9),
                CpuRequested = 2,
                CpuMean = load * 1.6,
                CpuPeak = 1 + (load * 1.4),
                MemoryRequested = 2_147_483_648,
                MemoryPeak = 1_073_741_824,
                Samples = 100,
                Reasons = ["GPU portion 0.4: 4.29 GB were seen in use on a device", "memory 1280Mi: 1.07 GB were seen in use"],
                SuggestedSettings = new StepSettings { GpuPortionRequest = 0.4, CpuMemoryRequest = "1280Mi" },
            },
            Settings =
            [
                new ReportedSetting("compute.gpuDevicesRequest", "1"),
                new ReportedSetting("compute.gpuPortionRequest", "0.5"),
                new ReportedSetting("args", $"train.py --learning-rate {number / 1000.0}"),
            ],
        };
    }

    private static LogLine Line(string stream, string text) =>
        new() { Stream = stream, Text = text, Time = Noon.AddMinutes(70), Attempt = 2 };

    private static PhaseSpan[] Phases(DateTimeOffset start, params (string Phase, int Minutes)[] phases) =>
        [.. phases.Select((phase, index) =>
        {
            var from = start.AddMinutes(phases.Take(index).Sum(before => before.Minutes));
            return new PhaseSpan(phase.Phase, from, from.AddMinutes(phase.Minutes));
        })];

    private static IEnumerable<WorkloadMetric> Series(DateTimeOffset start, int minutes, double load) =>
        from sample in Enumerable.Range(0, minutes * 4)
        let wave = load * (0.9 + (0.1 * Math.Sin(sample / 3.0)))
        from metric in new[]
        {
            ("GPU_UTILIZATION", wave * 100, "%"),
            ("GPU_MEMORY_USAGE_BYTES", wave * 8e9, "bytes"),
            ("CPU_USAGE_CORES", 0.4 + (wave * 1.5), "cores"),
            ("CPU_MEMORY_USAGE_BYTES", 1.1e9 * Math.Min(1, sample / 20.0), "bytes"),
        }
        select new WorkloadMetric { Type = metric.Item1, Value = metric.Item2, Unit = metric.Item3, Time = start.AddSeconds(sample * 15) };
}
