namespace RunAi.ControlPlane.Wire;

/// <summary>Time limits a project sets for trainings, in seconds (<c>SchedulingRules</c>).</summary>
internal sealed class SchedulingRulesRecord
{
    public long? TrainingJobTimeLimitSeconds { get; set; }

    public long? TrainingJobMaxIdleDurationSeconds { get; set; }
}
