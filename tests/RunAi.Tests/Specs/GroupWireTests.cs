using System.Collections;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using RunAi.ControlPlane.Wire;
using RunAi.Policies;
using RunAi.Specs;

namespace RunAi.Tests.Specs;

/// <summary>What exactly is sent for mounts, tolerations and other groups.</summary>
public sealed class GroupWireTests
{
    public static TheoryData<string, object, string, string> Sent => new()
    {
        {
            "Mount", Table(("Pvc", "data"), ("Path", "/data")), "storage",
            """{"pvc":[{"claimName":"data","path":"/data","existingPvc":true}]}"""
        },
        {
            "Mount", Table(("Kind", "pvc"), ("Path", "/data"), ("Size", "1G"), ("AccessMode", "ReadWriteMany"), (
                "Attribute", Table(("tier", "gold")))), "storage",
            """{"pvc":[{"path":"/data","claimInfo":{"size":"1G","accessModes":{"readWriteOnce":false,"readOnlyMany":false,"readWriteMany":true},"addedAttrValues":[{"key":"tier","value":"gold"}]}}]}"""
        },
        {
            "Mount", new[]
            {
                Table(("Nfs", "s"), ("Export", "/x"), ("Path", "/a"), ("ReadOnly", false)),
                Table(("Pvc", "data"), ("Path", "/data")),
                Table(("Nfs", "s"), ("Export", "/y"), ("Path", "/b")),
            }, "storage",
            """{"pvc":[{"claimName":"data","path":"/data","existingPvc":true}],"nfs":[{"server":"s","path":"/x","mountPath":"/a","readOnly":false},{"server":"s","path":"/y","mountPath":"/b"}]}"""
        },
        { "Mount", Table(("HostPath", "/mnt"), ("Path", "/a")), "storage", """{"hostPath":[{"path":"/mnt","mountPath":"/a"}]}""" },
        {
            "Mount", Table(("Git", "https://g.example.org/r"), ("Path", "/a"), ("SecretName", "s")), "storage",
            """{"git":[{"repository":"https://g.example.org/r","path":"/a","secretRef":{"name":"s","authenticationMethod":"password"}}]}"""
        },
        {
            "Mount", Table(("Kind", "pvc"), ("Name", "shared"), ("Exclude", true)), "storage",
            """{"pvc":[{"name":"shared","exclude":true}]}"""
        },
        { "Toleration", "spot", "tolerations", """[{"key":"spot","operator":"Exists","effect":"Any"}]""" },
        {
            "Toleration", Table(("Key", "spot"), ("Value", "yes")), "tolerations",
            """[{"key":"spot","operator":"Equal","value":"yes","effect":"Any"}]"""
        },
        { "Port", 80, "ports", """[{"container":80,"serviceType":"ClusterIP"}]""" },
        { "ExposedUrl", 80, "exposedUrls", """[{"container":80}]""" },
        {
            "SecurityContext", Table(("RunAsUid", 5), ("SupplementalGroup", new[] { 2, 3 })), "security",
            """{"uidGidSource":"custom","runAsUid":5,"supplementalGroups":"2,3"}"""
        },
        { "SecurityContext", Table(("HostIpc", true)), "security", """{"hostIpc":true}""" },
        {
            "NodeAffinity", new[]
            {
                Table(("Key", "mem"), ("Operator", "Gt"), ("Value", 9), ("Term", 2)), Table(("Key", "gpu"), ("Value", "A100")),
                Table(("Key", "ssd")),
            }, "nodeAffinityRequired",
            """{"nodeSelectorTerms":[{"matchExpressions":[{"key":"gpu","operator":"In","values":["A100"]},{"key":"ssd","operator":"Exists"}]},{"matchExpressions":[{"key":"mem","operator":"Gt","values":["9"]}]}]}"""
        },
        { "ReadinessProbe", 80, "probes", """{"readiness":{"handler":{"httpGet":{"port":80}}}}""" },
        { "ExtendedResource", Table(("rdma/hca", 1)), "compute.extendedResources", """[{"resource":"rdma/hca","quantity":"1"}]""" },
        { "Tty", true, "stdin", "true" },
    };

    [Theory]
    [MemberData(nameof(Sent))]
    public void Build_OneSetting_SendsWhatWasAskedForAndNoMore(string setting, object value, string field, string expected) =>
        Assert.Equal(expected, Spec(setting, value).SelectToken(field)!.ToString(Formatting.None).Trim('"'));

    [Fact]
    public void Build_WhatAPolicyDecides_GoesWithoutSaying()
    {
        var policy = new JObject
        {
            ["defaults"] = JObject.Parse("""{"ports":{"attributes":{"serviceType":"NodePort"}},"stdin":false}"""),
            ["rules"] = JObject.Parse(
                """{"storage":{"pvc":{"attributes":{"existingPvc":{"canEdit":false}}}},"security":{"uidGidSource":{"canEdit":false}}}"""),
        };

        Assert.Equal("""[{"container":80}]""", Spec("Port", 80, policy)["ports"]!.ToString(Formatting.None));
        Assert.Equal(
            """{"pvc":[{"claimName":"d","path":"/d"}]}""",
            Spec("Mount", Table(("Pvc", "d"), ("Path", "/d")), policy)["storage"]!.ToString(Formatting.None));
        Assert.Equal("""{"runAsUid":5}""", Spec("SecurityContext", Table(("RunAsUid", 5)), policy)["security"]!.ToString(Formatting.None));
        Assert.Null(Spec("Tty", true, policy)["stdin"]);
    }

    [Fact]
    public void Build_ImagePullSecrets_AreTheOperatorsAndTheSteps()
    {
        StepSettings settings = StepSettings.FromDictionary(new Hashtable { ["ImagePullSecret"] = new object[] { "mine", "regcred" } });
        Assert.Equal("""[{"name":"mine"},{"name":"regcred"}]""", Secrets(settings, "regcred"));
        Assert.Equal("""[{"name":"other"},{"name":"mine"},{"name":"regcred"}]""", Secrets(settings, "other"));
        Assert.Equal("""[{"name":"other"}]""", Secrets(new StepSettings(), "other"));
    }

    [Fact]
    public void Build_SharedStoreBesideHostPaths_HasTheirPropagationAndItsOwnPlace()
    {
        StepSettings settings = StepSettings.FromDictionary(
            new Hashtable { ["Mount"] = Table(("HostPath", "/mnt"), ("Path", "/a"), ("MountPropagation", "HostToContainer")) });
        var paths = (JArray)Build(
            settings, PolicyView.None,
            runner: new RunnerLaunch("busybox", "/store/manifest") { SharedFolder = "/store" }).Body.SelectToken("spec.storage.hostPath")!;
        Assert.Equal(["HostToContainer", "HostToContainer"], paths.Select(path => (string)path["mountPropagation"]!));

        settings = StepSettings.FromDictionary(new Hashtable { ["Mount"] = Table(("Pvc", "data"), ("Path", "/store/")) });
        var failure = Assert.Throws<StepSettingsException>(() => Build(
            settings, PolicyView.None, runner: new RunnerLaunch("busybox", "/store/manifest") { SharedFolder = "/store" }));
        Assert.StartsWith("Mount[0].Path: /store would hide the artifact store", failure.Message, StringComparison.Ordinal);
    }

    private static string Secrets(StepSettings settings, string ofOperator) =>
        Build(settings, PolicyView.None, ofOperator).Body.SelectToken("spec.imagePullSecrets")!.ToString(Formatting.None);

    private static JObject Spec(string setting, object value, JObject? policy = null) => (JObject)Build(
        StepSettings.FromDictionary(new Hashtable { [setting] = value }),
        PolicyView.From(policy is null ? null : new EffectivePolicy(policy))).Body["spec"]!;

    private static TrainingSpec Build(StepSettings settings, PolicyView policy, string? pullSecret = null, RunnerLaunch? runner = null) =>
        SpecRequests.Build(
            new Step { Name = "s", Image = "busybox", Command = ["x"] }, settings,
            new SubmissionDestination("1", "71f69d83-ba66-4822-adf5-55ce55efd210") { ImagePullSecretName = pullSecret },
            "01J9ZZ00000000000V4G7C2H9K", policy, runner);

    private static Hashtable Table(params (string Key, object Value)[] entries)
    {
        var table = new Hashtable();
        foreach ((var key, var value) in entries)
        {
            table[key] = value;
        }

        return table;
    }
}
