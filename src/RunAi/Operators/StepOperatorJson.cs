using Newtonsoft.Json.Linq;
using RunAi.Configuration;

namespace RunAi.Operators;

/// <summary>A step operator in the configuration file: one line here for each of its fields; fields not listed are left alone.</summary>
internal static class StepOperatorJson
{
    private static readonly StepOperatorField[] Fields =
    [
        StepOperatorField.Text("runAiBaseUrl", one => one.RunAiBaseUrl, (one, value) => one.RunAiBaseUrl = value),
        StepOperatorField.Text("projectName", one => one.ProjectName, (one, value) => one.ProjectName = value),
        StepOperatorField.Text("clusterName", one => one.ClusterName, (one, value) => one.ClusterName = value),
        StepOperatorField.Text("clientId", one => one.ClientId, (one, value) => one.ClientId = value),
        StepOperatorField.Text("clientSecret", one => one.ClientSecret, (one, value) => one.ClientSecret = value),
        StepOperatorField.Text("imagePullSecretName", one => one.ImagePullSecretName, (one, value) => one.ImagePullSecretName = value),
        StepOperatorField.Seconds("monitoringInterval", one => one.MonitoringInterval, (one, value) => one.MonitoringInterval = value),
        StepOperatorField.Seconds("workloadTimeout", one => one.WorkloadTimeout, (one, value) => one.WorkloadTimeout = value),
        StepOperatorField.Seconds("pendingTimeout", one => one.PendingTimeout, (one, value) => one.PendingTimeout = value),
        StepOperatorField.Seconds("runTimeout", one => one.RunTimeout, (one, value) => one.RunTimeout = value),
        StepOperatorField.Seconds("deadline", one => one.Deadline, (one, value) => one.Deadline = value),
        StepOperatorField.Settings("defaultSettings", one => one.DefaultSettings, (one, value) => one.DefaultSettings = value),
        StepOperatorField.Switch("deleteOnFailure", one => one.DeleteOnFailure, (one, value) => one.DeleteOnFailure = value),
        StepOperatorField.Switch("allowInsecureHttp", one => one.AllowInsecureHttp, (one, value) => one.AllowInsecureHttp = value),
    ];

    public static StepOperator Read(string name, JObject json, ConfigurationFaults faults)
    {
        var result = new StepOperator { Name = name };
        foreach (var field in Fields)
        {
            field.Read(json, result, faults);
        }

        return result;
    }

    public static void Write(StepOperator source, JObject json)
    {
        foreach (var field in Fields)
        {
            field.Write(source, json);
        }
    }
}
