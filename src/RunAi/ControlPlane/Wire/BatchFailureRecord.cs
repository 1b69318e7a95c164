namespace RunAi.ControlPlane.Wire;

/// <summary>One id of a batch for which nothing will be done.</summary>
internal sealed class BatchFailureRecord
{
    public string Id { get; set; } = "";

    public int? Code { get; set; }

    public string? Message { get; set; }
}
