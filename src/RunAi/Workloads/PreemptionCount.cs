namespace RunAi.Workloads;

/// <summary>
/// Counts how often a workload that ran went back to waiting. The API has no word for it: the phases tell. One that was
/// suspended and resumed was not preempted.
/// </summary>
internal sealed class PreemptionCount
{
    private bool _ran;

    public int Count { get; private set; }

    /// <returns>True when this phase is one more preemption.</returns>
    public bool Observe(string phase)
    {
        var before = Count;
        if (WorkloadPhases.IsRunning(phase))
        {
            _ran = true;
        }
        else if (phase is WorkloadPhases.Stopped or WorkloadPhases.Resuming)
        {
            _ran = false;
        }
        else if (_ran && !string.IsNullOrEmpty(phase) && WorkloadPhases.IsWaitingToRun(phase))
        {
            _ran = false;
            Count++;
        }

        return Count > before;
    }
}
