namespace RunAi.ControlPlane;

/// <summary>What a server answered instead of the upgrade to a WebSocket.</summary>
internal sealed class UpgradeRefusal
{
    public const int MostBytes = 4096;

    /// <summary>The HTTP status; null when there was no answer, or the upgrade.</summary>
    public int? Status { get; set; }

    /// <summary>The beginning of the body.</summary>
    public string Body { get; set; } = "";
}
