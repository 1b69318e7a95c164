namespace RunAi.ControlPlane.Wire;

/// <summary>The answer to a batch: which ids the control plane took the request for, and which not.</summary>
internal sealed class BatchRecord
{
    public string Id { get; set; } = "";

    /// <summary>Null when the control plane does not list them.</summary>
    public IReadOnlyList<string>? Succeeded { get; set; }

    public IReadOnlyList<Failure> Failed { get; set; } = [];

    /// <summary>One id of a batch for which nothing will be done.</summary>
    internal sealed class Failure
    {
        public string Id { get; set; } = "";

        public int? Code { get; set; }

        public string? Message { get; set; }
    }
}
