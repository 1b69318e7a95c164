using RunAi.ControlPlane;

namespace RunAi.Diagnosis;

/// <summary>Reads the evidence on a workload and says what it proves.</summary>
internal sealed class WorkloadDiagnoser
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly EvidenceReader _reader;

    public WorkloadDiagnoser(ControlPlaneClient client, TimeProvider time) => _reader = new EvidenceReader(client, time, Patience);

    /// <summary>The diagnosis and the evidence it was made of. Trouble with reading does not fail it, unless it must exist and does not.</summary>
    public async Task<(WorkloadDiagnosis Diagnosis, DiagnosisInput Evidence)> ExamineAsync(
        Workload seen, DiagnosisHints clues, CancellationToken cancellationToken, bool mustExist = false)
    {
        var file = await _reader.ReadAsync(seen, clues, mustExist, cancellationToken).ConfigureAwait(false);
        return (DiagnosisEngine.Diagnose(file), file);
    }
}
