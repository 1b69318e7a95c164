namespace RunAi.ControlPlane.Wire;

/// <summary>What is in force in a project after inheritance (<c>ProjectEffective</c>).</summary>
internal sealed class ProjectEffectiveRecord
{
    public SchedulingRulesRecord? SchedulingRules { get; set; }

    public IReadOnlyList<string> DefaultNodePools { get; set; } = [];
}
