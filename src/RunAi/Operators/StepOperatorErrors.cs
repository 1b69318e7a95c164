namespace RunAi.Operators;

/// <summary>The errors of naming a step operator, each with what is registered and the command to go on with.</summary>
internal static class StepOperatorErrors
{
    /// <summary>The command that registers one, with <c>{0}</c> for its name.</summary>
    public const string HowToRegister =
        "Register-RunAiStepOperator {0} -RunAiBaseUrl https://org.run.ai -ProjectName PROJECT -ClientId ID -ClientSecret '{{name.key}}'";

    public static ConfigurationException Exists(string name) =>
        new(
            ErrorIds.StepOperatorExists,
            $"A step operator '{name}' is registered already. Change it with Set-RunAiStepOperator {name}, "
            + "replace it with -Force, or take another name.")
        {
            Target = name,
        };

    public static ConfigurationException NotOne(IReadOnlyCollection<string> registered) =>
        registered.Count == 0
            ? New("No step operator is registered. Register one with: " + HowToRegister.Replace("{0}", "NAME"))
            : New($"{registered.Count} step operators are registered and none was named. Registered: "
                + string.Join(", ", registered.OrderBy(name => name, StringComparer.OrdinalIgnoreCase))
                + ". Name one with -StepOperator, or make a stack active with Use-RunAiStack.");

    public static RunAiException WrongCluster(StepOperator stepOperator, string? clusterOfProject, bool exists)
    {
        var found = exists ? "is not the project's" : "is not one that these credentials see";
        var right = clusterOfProject is null ? "" : $" Project '{stepOperator.ProjectName}' is on cluster '{clusterOfProject}'.";
        return new RunAiException(
            ErrorIds.ClusterNotFound,
            $"Cluster '{stepOperator.ClusterName}' {found}.{right} Correct it with: Set-RunAiStepOperator {stepOperator.Name} -ClusterName "
            + "NAME, or leave the cluster out to take the project's.")
        {
            Target = stepOperator.ClusterName,
        };
    }

    private static ConfigurationException New(string message) => new(ErrorIds.StepOperatorNotFound, message);
}
