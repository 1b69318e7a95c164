using Newtonsoft.Json.Linq;
using RunAi.Configuration;

namespace RunAi.Operators;

/// <summary>A step operator in the configuration file: one line here for each of its fields; fields not listed are left alone.</summary>
internal static class StepOperatorJson
{
    private static readonly StepOperatorField[] Fields =
    [
        StepOperatorField.Text(
            "runAiBaseUrl", stepOperator => stepOperator.RunAiBaseUrl, (stepOperator, value) => stepOperator.RunAiBaseUrl = value),
        StepOperatorField.Text(
            "projectName", stepOperator => stepOperator.ProjectName, (stepOperator, value) => stepOperator.ProjectName = value),
        StepOperatorField.Text(
            "clusterName", stepOperator => stepOperator.ClusterName, (stepOperator, value) => stepOperator.ClusterName = value),
        StepOperatorField.Text(
            "clusterUrl", stepOperator => stepOperator.ClusterUrl, (stepOperator, value) => stepOperator.ClusterUrl = value),
        StepOperatorField.Text("clientId", stepOperator => stepOperator.ClientId, (stepOperator, value) => stepOperator.ClientId = value),
        StepOperatorField.Text(
            "clientSecret", stepOperator => stepOperator.ClientSecret, (stepOperator, value) => stepOperator.ClientSecret = value),
        StepOperatorField.Text(
            "imagePullSecretName", stepOperator => stepOperator.ImagePullSecretName,
            (stepOperator, value) => stepOperator.ImagePullSecretName = value),
        StepOperatorField.Seconds(
            "monitoringInterval", stepOperator => stepOperator.MonitoringInterval,
            (stepOperator, value) => stepOperator.MonitoringInterval = value),
        StepOperatorField.Seconds(
            "workloadTimeout", stepOperator => stepOperator.WorkloadTimeout, (stepOperator, value) => stepOperator.WorkloadTimeout = value),
        StepOperatorField.Seconds(
            "pendingTimeout", stepOperator => stepOperator.PendingTimeout, (stepOperator, value) => stepOperator.PendingTimeout = value),
        StepOperatorField.Seconds(
            "runTimeout", stepOperator => stepOperator.RunTimeout, (stepOperator, value) => stepOperator.RunTimeout = value),
        StepOperatorField.Seconds(
            "deadline", stepOperator => stepOperator.Deadline, (stepOperator, value) => stepOperator.Deadline = value),
        StepOperatorField.Settings(
            "defaultSettings", stepOperator => stepOperator.DefaultSettings, (stepOperator, value) => stepOperator.DefaultSettings = value),
        StepOperatorField.Switch(
            "deleteOnFailure", stepOperator => stepOperator.DeleteOnFailure, (stepOperator, value) => stepOperator.DeleteOnFailure = value),
        StepOperatorField.Switch(
            "allowInsecureHttp", stepOperator => stepOperator.AllowInsecureHttp,
            (stepOperator, value) => stepOperator.AllowInsecureHttp = value),
    ];

    public static StepOperator Read(string name, JObject json, ConfigurationErrors faults)
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
