using RunAi.Diagnosis;
using RunAi.Tests.ControlPlane;

namespace RunAi.Tests.Diagnosis;

public sealed class EvidenceReaderTests : IDisposable
{
    private const string Id = "0f0e0d0c-0000-0000-0000-000000000001";
    private const string Path = "GET /api/v1/workloads/" + Id;
    private readonly ControlPlaneFixture _plane = new();

    public void Dispose() => _plane.Dispose();

    [Fact]
    public async Task Read_AsksOnceForEachKind_AndTakesAllOfItIn()
    {
        Answer(
            """{"phase":"Pending","phaseReason":"OverLimit","pendingSchedulingMessages":[{"nodePool":"p","phaseReason":"OverLimit","reason":"Over limit","userMessage":"limit of 2 GPUs"}],"conditions":[{"type":"PodScheduled","status":"False","reason":"Unschedulable","message":"m"}]}""",
            """{"events":[{"createdAt":"2030-01-01T00:00:00Z","type":"Warning","reason":"Unschedulable","message":"e","clusterId":"c"}]}""",
            """{"records":[{"meta":{"creationTimestamp":"2030-01-01T00:00:00Z","type":"Event"},"spec":{"event":{"createdAt":"2030-01-01T00:00:00Z","type":"Warning","reason":"Unschedulable","message":"e","clusterId":"c"}}},{"meta":{"creationTimestamp":"2030-01-01T00:00:00Z","type":"PhaseUpdate"},"spec":{"phaseUpdate":{"phase":"Pending","phaseMessage":""}}}]}""",
            """{"pods":[]}""");

        var file = await ReadAsync();

        Assert.Equal(4, _plane.Wire.Sent.Count(sent => sent.Route != ControlPlaneFixture.Token));
        Assert.Empty(file.Unread);
        Assert.Equal(["Scheduling OverLimit", "Phase OverLimit", "Condition Unschedulable", "Event Unschedulable"],
            file.Records.Where(r => r.Source != EvidenceSource.Phase || r.Reason.Length > 0).Select(r => $"{r.Source} {r.Reason}"));
        Assert.Equal(DiagnosisCause.Quota, DiagnosisEngine.Diagnose(file).Cause);
    }

    [Fact]
    public async Task Read_WhenSomeKindsFail_NamesThemAndGoesOnWithTheRest()
    {
        Answer("""{"phase":"Failed","phaseMessage":"exit code 3"}""", null, """{"records":[]}""", null);

        var diagnosis = DiagnosisEngine.Diagnose(await ReadAsync());

        Assert.Equal(DiagnosisCause.UserCode, diagnosis.Cause);
        Assert.Equal(
            ["its events", "its pods"], diagnosis.Unread.Select(what => what[..what.IndexOf(" (", StringComparison.Ordinal)]).Order());
    }

    [Fact]
    public async Task Read_WhenNothingAnswers_StillTellsWhatWasSeen()
    {
        Answer(null, null, null, null);

        var diagnosis = DiagnosisEngine.Diagnose(await ReadAsync());

        Assert.Equal((DiagnosisCause.ControlPlane, 4, "seen"), (diagnosis.Cause, diagnosis.Unread.Count, diagnosis.Name));
    }

    [Fact]
    public async Task Read_OfWhatMustExistAndDoesNot_Fails()
    {
        foreach (var what in new[] { "", "/events", "/history", "/pods" })
        {
            _plane.Wire.On(Path + what, 404, """{"code":404,"message":"no"}""");
        }

        var failure = await _plane.FailsAsync(Reader().ReadAsync(Seen(), DiagnosisHints.None, mustExist: true, CancellationToken.None));

        Assert.Equal(ErrorIds.WorkloadNotFound, failure.ErrorId);
    }

    private static Workload Seen() => new() { WorkloadId = Id, Name = "seen", Phase = "Pending" };

    private EvidenceReader Reader() => new(_plane.Client, _plane.Clock, TestClock.AttemptTimeout);

    private Task<DiagnosisInput> ReadAsync() =>
        _plane.Clock.DriveAsync(Reader().ReadAsync(Seen(), DiagnosisHints.None, mustExist: false, CancellationToken.None));

    /// <summary>Prepares each kind's answer; null for one that is refused.</summary>
    private void Answer(string? workload, string? events, string? history, string? pods)
    {
        foreach (var (what, body) in new[] { ("", workload), ("/events", events), ("/history", history), ("/pods", pods) })
        {
            _plane.Wire.On(Path + what, body is null ? 403 : 200, body?.Replace(
                "{\"phase", $$"""{"id":"{{Id}}","name":"seen","phase""", StringComparison.Ordinal) ?? """{"code":403,"message":"no"}""");
        }
    }
}
