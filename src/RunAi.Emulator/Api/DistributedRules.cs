using System.Text.Json.Nodes;
using RunAi.Emulator.Policies;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Api;

/// <summary>
/// The rules of a distributed training that the document states in prose ("applicable only for", "should not be specified"), and those of
/// the frameworks' operators on masters: MPI and XGBoost do not work without one, JAX has none.
/// </summary>
internal static class DistributedRules
{
    private static readonly (string Field, string Framework)[] OfOneFramework =
    [
        ("minReplicas", "PyTorch"), ("maxReplicas", "PyTorch"),
        ("slotsPerWorker", "MPI"), ("sshAuthMountPath", "MPI"), ("mpiLauncherCreationPolicy", "MPI"),
    ];

    public static IEnumerable<ComplianceIssue> Check(JsonObject body, JsonObject spec, JsonObject? master, Organisation organisation)
    {
        var framework = (string?)spec["distributedFramework"];
        var isSame = (bool?)body["masterSpecSameAsWorker"] == true;
        if (framework is null)
        {
            yield return new("distributedFramework", "value is mandatory");
        }

        if (spec["numWorkers"] is null)
        {
            yield return new("numWorkers", "value is mandatory");
        }

        foreach (var (field, only) in OfOneFramework.Where(rule => spec[rule.Field] is not null && rule.Framework != framework))
        {
            yield return new(field, $"value is applicable only for {only}");
        }

        if ((double?)spec["maxReplicas"] < (double?)spec["minReplicas"])
        {
            yield return new("maxReplicas", "value must be no less than minReplicas");
        }

        if (isSame && body["masterSpec"] is not null)
        {
            yield return new("masterSpec", "value should not be specified when masterSpecSameAsWorker is true");
        }

        if (framework == "JAX" && (isSame || body["masterSpec"] is not null))
        {
            yield return new(isSame ? "masterSpecSameAsWorker" : "masterSpec", "JAX has no master");
        }

        if (framework is "MPI" or "XGBoost" && !isSame && master is null)
        {
            yield return new("masterSpec", $"value is mandatory for {framework}, unless masterSpecSameAsWorker is true");
        }

        foreach (var issue in master is null ? [] : SpecRules.Check((string)body["name"]!, master, organisation))
        {
            yield return issue.Field == "name" ? issue : issue with { Field = "masterSpec." + issue.Field };
        }
    }
}
