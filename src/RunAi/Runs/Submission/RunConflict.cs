namespace RunAi.Runs;

/// <summary>The failures of a submission whose run is there and is another.</summary>
internal static class RunConflict
{
    /// <summary>Holds what is wanted now to what the run was asked to do.</summary>
    /// <exception cref="RunAiException"><see cref="ErrorIds.RunConflict"/>, with what differs.</exception>
    public static void ThrowIfOther(RunRecord last, RunRecord wanted)
    {
        if (last.SpecDigest == wanted.SpecDigest)
        {
            return;
        }

        var differ = last.SpecParts.Keys.Union(wanted.SpecParts.Keys)
            .Where(part => !last.SpecParts.TryGetValue(part, out var then) || !wanted.SpecParts.TryGetValue(part, out var now)
                || then != now)
            .OrderBy(part => part, StringComparer.Ordinal)
            .ToArray();
        throw Failure(last, $"The run {last.RunId} of this key exists ({last.State}) and was asked to do something else: "
            + $"{(differ.Length == 0 ? "the specification" : string.Join(", ", differ))} differ{(differ.Length == 1 ? "s" : "")}. Give the "
            + "step another -RunKey, or -Force to make a new attempt of the run when it is over or suspended.");
    }

    /// <summary>The failure of a new attempt while the last one goes on: a run has one live workload at most.</summary>
    public static RunAiException NotOver(RunRecord last) => Failure(last,
        $"The run {last.RunId} of this key still has the workload '{last.WorkloadName}' ({last.State}), so that no new attempt can be "
        + $"made. Wait for its end with: Wait-RunAiWorkload {last.WorkloadName}  or remove it with: Remove-RunAiWorkload "
        + $"{last.WorkloadName}");

    private static RunAiException Failure(RunRecord last, string message) => new(ErrorIds.RunConflict, message) { Target = last.RunId };
}
