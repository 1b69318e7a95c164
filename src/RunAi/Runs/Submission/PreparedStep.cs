using RunAi.Runs.Retries;
using RunAi.Steps;

namespace RunAi.Runs;

/// <summary>A step as it is read once for its submission: its parts, its settings over the operator's, and its retry policy.</summary>
/// <param name="Parsed">The step's parts and settings.</param>
/// <param name="Retry">How often it is tried again for which cause; null for never.</param>
/// <param name="OfRetry">What is wrong with the retry policy.</param>
internal sealed record PreparedStep(ParsedStep Parsed, RetryPolicy? Retry, IReadOnlyList<Violation> OfRetry)
{
    public Step Step => Parsed.Step;

    public StepSettings Settings => Parsed.Settings;

    /// <summary>Reads a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="stepOperator">The operator that it is submitted with.</param>
    public static PreparedStep Read(Step step, StepOperator stepOperator)
    {
        List<Violation> ofRetry = [];
        var retry = RetryPolicyReader.Of(step, ofRetry);
        var settings = (step.Settings ?? new StepSettings()).MergedOver(stepOperator.DefaultSettings);
        return new PreparedStep(ParsedStep.Read(step, settings), retry, ofRetry);
    }

    /// <inheritdoc cref="ParsedStep.ThrowIfInvalid"/>
    public void ThrowIfInvalid(IEnumerable<Violation>? others = null, Violation? beside = null) =>
        Parsed.ThrowIfInvalid([.. OfRetry, .. others ?? []], beside);
}
