using Newtonsoft.Json.Linq;

namespace RunAi.ControlPlane.Wire;

/// <summary>A workload template of any type (<c>SupersetTemplate</c>).</summary>
internal sealed class TemplateRecord
{
    public Metadata Meta { get; set; } = new();

    public RunnableState? Runnable { get; set; }

    public JObject? Spec { get; set; }

    /// <summary>What a workload template is called and whose it is (<c>TemplateMetaFields</c>).</summary>
    internal sealed class Metadata
    {
        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public string? Description { get; set; }

        public string WorkloadType { get; set; } = "";

        public string ScopeType { get; set; } = "";

        public string ScopeId { get; set; } = "";

        public string? ClusterId { get; set; }

        public string? DepartmentId { get; set; }

        /// <summary>A number in the document; text here, as everywhere else.</summary>
        public string? ProjectId { get; set; }

        public string CreatedBy { get; set; } = "";

        public DateTimeOffset? CreatedAt { get; set; }

        public DateTimeOffset? UpdatedAt { get; set; }
    }

    /// <summary>Whether a template can be submitted as it is (<c>RunnableInfo</c>).</summary>
    internal sealed class RunnableState
    {
        public bool IsRunnable { get; set; }

        public string? Issue { get; set; }
    }
}
