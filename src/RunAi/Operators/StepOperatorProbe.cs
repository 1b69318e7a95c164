namespace RunAi.Operators;

/// <summary>Tries a step operator from the outside in; what lies behind a check that failed is not tried.</summary>
internal static class StepOperatorProbe
{
    private const string Url = "Url";
    private const string Credentials = "Credentials";
    private const string Project = "Project";
    private const string Cluster = "Cluster";

    /// <summary>All checks, in the order Url, Credentials, Project, Cluster.</summary>
    /// <param name="stepOperator">The operator.</param>
    /// <param name="connect">Connects it, which resolves its client id.</param>
    /// <param name="cancellationToken">Ends the checks.</param>
    public static async Task<IReadOnlyList<StepOperatorCheck>> CheckAsync(
        StepOperator stepOperator, Func<CancellationToken, Task<StepOperatorConnection>> connect, CancellationToken cancellationToken)
    {
        List<StepOperatorCheck> checks = [];
        try
        {
            var connection = await connect(cancellationToken).ConfigureAwait(false);
            await connection.Client.VerifyAsync(cancellationToken).ConfigureAwait(false);
            Pass(Url, $"{stepOperator.RunAiBaseUrl} answers");
            Pass(Credentials, $"client id {connection.Client.Session.ClientId} is accepted");

            connection.Client.Session.InvalidateProject(stepOperator.ProjectName);
            var project = await connection.Client.GetProjectAsync(stepOperator.ProjectName, cancellationToken).ConfigureAwait(false);
            Pass(Project, $"{project.Name} (id {project.Id}) is {project.Status?.Phase ?? "there"}");

            await connection.ProjectAsync(cancellationToken).ConfigureAwait(false);
            var cluster = await connection.ClusterNameAsync(project.ClusterId, cancellationToken).ConfigureAwait(false);
            Pass(Cluster, cluster is null ? $"{project.ClusterId} is the project's" : $"{cluster} is the project's");
        }
        catch (RunAiException e)
        {
            Fail(e);
        }

        return checks;

        void Pass(string check, string message) => checks.Add(new StepOperatorCheck(stepOperator.Name, check, true, message));

        void Fail(RunAiException e)
        {
            if (checks.Count == 0 && e.ErrorId != ErrorIds.ControlPlaneUnreachable && e is RunAiApiException { StatusCode: not null })
            {
                Pass(Url, $"{stepOperator.RunAiBaseUrl} answers");
            }

            var order = new[] { Url, Credentials, Project, Cluster };
            // A secret that is not found says nothing about the URL: neither was tried.
            var failed = checks.Count == 0 && e is not RunAiApiException ? Credentials : order[checks.Count];
            foreach (var check in order.Skip(checks.Count))
            {
                checks.Add(new StepOperatorCheck(stepOperator.Name, check, false, check == failed ? e.Message : "not checked"));
            }
        }
    }
}
