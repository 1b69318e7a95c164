namespace RunAi.Operators;

/// <summary>The errors of naming a step operator, each with what is registered and the command to go on with.</summary>
internal static class StepOperatorFaults
{
    public static ConfigurationException Exists(string name) =>
        new(
            ErrorIds.StepOperatorExists,
            $"A step operator '{name}' is registered already. Change it with Set-RunAiStepOperator {name}, "
            + "replace it with -Force, or take another name.")
        {
            Target = name,
        };

    public static ConfigurationException NotFound(string name, IReadOnlyCollection<string> registered)
    {
        var meant = NearestName.Of(name, registered) is { } nearest ? $" Did you mean '{nearest}'?" : "";
        return New($"No step operator is named '{name}'.{meant} {Registered(registered)} {HowToRegister(name)}", name);
    }

    public static ConfigurationException NotOne(IReadOnlyCollection<string> registered) =>
        registered.Count == 0
            ? New("No step operator is registered. " + HowToRegister("NAME"), null)
            : New($"{registered.Count} step operators are registered and none was named. {Registered(registered)} "
                + "Name one with -StepOperator.", null);

    public static RunAiException WrongCluster(StepOperator one, string? clusterOfProject, bool exists)
    {
        var found = exists ? "is not the project's" : "is not one that these credentials see";
        var right = clusterOfProject is null ? "" : $" Project '{one.ProjectName}' is on cluster '{clusterOfProject}'.";
        return new RunAiException(
            ErrorIds.ClusterNotFound,
            $"Cluster '{one.ClusterName}' {found}.{right} Correct it with: Set-RunAiStepOperator {one.Name} -ClusterName NAME, or leave "
            + "the cluster out to take the project's.")
        {
            Target = one.ClusterName,
        };
    }

    private static string Registered(IReadOnlyCollection<string> names) =>
        names.Count == 0
            ? "None is registered."
            : "Registered: " + string.Join(", ", names.OrderBy(name => name, StringComparer.OrdinalIgnoreCase)) + ".";

    private static string HowToRegister(string name) =>
        $"Register one with: Register-RunAiStepOperator {name} -RunAiBaseUrl https://org.run.ai -ProjectName PROJECT "
        + "-ClientId ID -ClientSecret '{{name.key}}'";

    private static ConfigurationException New(string message, string? name) =>
        new(ErrorIds.StepOperatorNotFound, message) { Target = name };
}
