using RunAi.ControlPlane;

namespace RunAi.Diagnosis;

/// <summary>Reads the evidence on a workload and says what it proves.</summary>
internal sealed class WorkloadDiagnoser
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly EvidenceReader _reader;

    public WorkloadDiagnoser(ControlPlaneClient client, TimeProvider time) => _reader = new EvidenceReader(client, time, Patience);

    /// <summary>
    /// The evidence, for a diagnosis when all of it is there. Trouble with reading does not fail it, unless it must exist and does not.
    /// </summary>
    public Task<DiagnosisInput> ReadAsync(
        Workload seen, DiagnosisHints hints, CancellationToken cancellationToken, bool mustExist = false) =>
        _reader.ReadAsync(seen, hints, mustExist, cancellationToken);

    /// <summary>What the evidence proves. Trouble with reading does not fail it.</summary>
    public async Task<WorkloadDiagnosis> DiagnoseAsync(Workload seen, DiagnosisHints hints, CancellationToken cancellationToken) =>
        DiagnosisEngine.Diagnose(await ReadAsync(seen, hints, cancellationToken).ConfigureAwait(false));
}
