using Newtonsoft.Json.Linq;

namespace RunAi.ControlPlane.Wire;

/// <summary>A workload template of any type (<c>SupersetTemplate</c>).</summary>
internal sealed class TemplateRecord
{
    public TemplateMetaRecord Meta { get; set; } = new();

    public TemplateRunnableRecord? Runnable { get; set; }

    public JObject? Spec { get; set; }
}
