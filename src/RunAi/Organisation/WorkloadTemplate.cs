using System.Collections;

namespace RunAi;

/// <summary>A workload template: settings that a step can start from.</summary>
public sealed class WorkloadTemplate
{
    /// <summary>The template's UUID.</summary>
    public string TemplateId { get; set; } = "";

    /// <summary>The template's name, which step settings refer to. Units of the organisation can have templates of one name.</summary>
    public string Name { get; set; } = "";

    /// <summary>What it is for.</summary>
    public string? Description { get; set; }

    /// <summary>The type of workload: Training, Distributed, Workspace and others. Steps take those of trainings.</summary>
    public string WorkloadType { get; set; } = "";

    /// <summary>Whose it is: system, tenant, cluster, department or project.</summary>
    public string Scope { get; set; } = "";

    /// <summary>The id of the cluster, department or project it is of.</summary>
    public string ScopeId { get; set; } = "";

    /// <summary>True when it can be submitted as it is.</summary>
    public bool IsRunnable { get; set; }

    /// <summary>Why it cannot be submitted as it is, such as a missing image.</summary>
    public string? Issue { get; set; }

    /// <summary>The image it names.</summary>
    public string? Image { get; set; }

    /// <summary>All that it sets, by the API's names.</summary>
    public IDictionary Spec { get; set; } = new Hashtable();

    /// <summary>Who created it.</summary>
    public string CreatedBy { get; set; } = "";

    /// <summary>When it was created, by the server's clock.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it was changed last, by the server's clock; null when it never was.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>The step operator through which it was seen.</summary>
    public string? StepOperator { get; set; }

    /// <summary>The template's name and scope.</summary>
    /// <returns>For example <c>small (project)</c>.</returns>
    public override string ToString() => $"{Name} ({Scope})";
}
