using System.Globalization;

namespace RunAi.Runs;

/// <summary>
/// The job of a pipeline that a process belongs to, by the variables of its agent. A pipeline starts a later attempt of a job only when the
/// earlier one is over, on whichever agent that was.
/// </summary>
/// <param name="Id">What tells the job apart from all others, whichever attempt it is.</param>
/// <param name="StageAttempt">The attempt of its stage or pipeline, from 1.</param>
/// <param name="JobAttempt">The attempt of the job in that, from 1.</param>
internal sealed record PipelineJob(string Id, int StageAttempt, int JobAttempt)
{
    /// <summary>The job of this process; null for none.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static PipelineJob? Of(Func<string, string?> variable) => OfAzurePipelines(variable) ?? OfGitHub(variable);

    /// <summary>True when an earlier attempt of the same job is over since this one runs.</summary>
    public bool Follows(PipelineJob earlier) => Id == earlier.Id
        && (StageAttempt > earlier.StageAttempt || (StageAttempt == earlier.StageAttempt && JobAttempt > earlier.JobAttempt));

    private static PipelineJob? OfAzurePipelines(Func<string, string?> variable) => Of(
        variable,
        ["SYSTEM_COLLECTIONURI", "SYSTEM_TEAMPROJECTID", "BUILD_BUILDID", "SYSTEM_STAGENAME", "SYSTEM_PHASENAME", "SYSTEM_JOBNAME"],
        "SYSTEM_STAGEATTEMPT", "SYSTEM_JOBATTEMPT");

    private static PipelineJob? OfGitHub(Func<string, string?> variable) => Of(
        variable, ["GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID", "GITHUB_JOB"], "GITHUB_RUN_ATTEMPT", null);

    private static PipelineJob? Of(Func<string, string?> variable, string[] parts, string stageAttempt, string? jobAttempt)
    {
        var values = parts.Select(variable).ToArray();
        var (stage, job) = (Number(variable(stageAttempt)), Number(jobAttempt is null ? "1" : variable(jobAttempt)));
        return values.Any(string.IsNullOrEmpty) || stage is null || job is null
            ? null
            : new PipelineJob(string.Join("/", values), stage.Value, job.Value);
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
