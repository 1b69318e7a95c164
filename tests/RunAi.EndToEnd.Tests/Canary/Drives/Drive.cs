namespace RunAi.EndToEnd.Tests.Canary.Drives;

/// <summary>How one cmdlet is driven.</summary>
/// <param name="Cmdlet">Its name.</param>
/// <param name="Script">A script that uses it, on the stage of <see cref="CanaryStage"/>.</param>
internal sealed record Drive(string Cmdlet, string Script);
