namespace RunAi.ControlPlane.Wire;

/// <summary>Whether a template can be submitted as it is (<c>RunnableInfo</c>).</summary>
internal sealed class TemplateRunnableRecord
{
    public bool IsRunnable { get; set; }

    public string? Issue { get; set; }
}
