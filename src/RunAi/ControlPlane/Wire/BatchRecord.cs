namespace RunAi.ControlPlane.Wire;

/// <summary>The answer to a batch: which ids the control plane took the request for, and which not.</summary>
internal sealed class BatchRecord
{
    public string Id { get; set; } = "";

    /// <summary>Null when the control plane does not list them.</summary>
    public IReadOnlyList<string>? Succeeded { get; set; }

    public IReadOnlyList<BatchFailureRecord> Failed { get; set; } = [];
}
