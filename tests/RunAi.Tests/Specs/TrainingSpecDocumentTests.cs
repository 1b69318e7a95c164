using System.Collections.Specialized;
using CsCheck;
using Newtonsoft.Json.Linq;
using RunAi.ControlPlane.Wire;
using RunAi.Policies;
using RunAi.Runs;
using RunAi.Specs;
using RunAi.Steps;
using RunAi.Tests.Steps;

namespace RunAi.Tests.Specs;

/// <summary>Random steps, settings and policies, held to Run:ai's OpenAPI document and to "send only what was asked for".</summary>
public sealed class TrainingSpecDocumentTests
{
    private const string Cluster = "71f69d83-ba66-4822-adf5-55ce55efd210";
    private const int Cases = 3000;

    private static readonly Gen<Step> AnyStep = Gen.Select(
        Gen.String[Gen.Char["abzABZ019._-"], 0, 40], Gen.String[Gen.Char["a '\"\\$\n=é"], 1, 8].Array[0, 4], Gen.Int[0, 3],
        (name, words, variables) =>
        {
            var environment = new OrderedDictionary();
            if (variables > 0)
            {
                environment["A"] = words.FirstOrDefault() ?? "";
            }

            if (variables > 1)
            {
                environment["B"] = new OrderedDictionary { ["secret"] = "s", ["key"] = "k" };
            }

            if (variables > 2)
            {
                environment["C"] = new OrderedDictionary { ["podField"] = "metadata.name" };
            }

            string[] command = words.Length == 0 ? [] : ["sh", .. words];
            return new Step { Name = "s" + name, Image = "python:3.12-slim", Command = command, Environment = environment };
        });

    private static readonly string[] Defaulted =
        [.. StepSettingsSchema.Rows.Where(row => row.Default is not null).Select(row => row.WirePath!)];

    /// <summary>For each field that has a default: nothing, a default of the policy, or a lock.</summary>
    private static readonly Gen<JObject?> AnyPolicy = Gen.Int[0, 4].Array[Defaulted.Length].Select(says =>
    {
        var policy = new JObject { ["defaults"] = new JObject(), ["rules"] = new JObject() };
        for (var i = 0; i < says.Length; i++)
        {
            if (says[i] == 3)
            {
                Put(policy, "defaults." + Defaulted[i], JToken.FromObject(
                    StepSettingsSchema.Rows.Single(row => row.WirePath == Defaulted[i]).Default!, Newtonsoft.Json.JsonSerializer.Create()));
            }

            if (says[i] == 4)
            {
                Put(policy, $"rules.{Defaulted[i]}.canEdit", false);
            }
        }

        return policy;
    }).Null();

    private static readonly Gen<(Step Step, StepSettings Settings, JObject? Policy, bool PullSecret)> Anything =
        Gen.Select(AnyStep, SettingsGen.Valid, AnyPolicy, Gen.Bool);

    [SkippableFact]
    public void Build_AnyStepSettingsAndPolicy_IsARequestOfTheDocument()
    {
        var schema = new StrictSchema(OpenApiDocument.Require());
        Anything.Sample(
            input => Assert.Empty(schema.Violations(JObject.Parse(Build(input).Json), "TrainingCreationRequest")),
            iter: Cases);
    }

    [Fact]
    public void Build_AnyInput_HoldsNoNullAndNoEmptyField() => Anything.Sample(input =>
        Assert.DoesNotContain(Build(input).Body.Descendants().OfType<JValue>(), value => value.Value is null
            || (value.Value is "" && value.Parent is not JProperty { Name: "value" })), iter: Cases);

    [Fact]
    public void Build_AnyInput_LeavesOutWhatNobodySetAndAnotherDecides() => Anything.Sample(input =>
    {
        JObject spec = (JObject)Build(input).Body["spec"]!;
        PolicyView policy = PolicyView.From(input.Policy is null ? null : new EffectivePolicy(input.Policy));
        var asksPortion = input.Settings.GpuPortionRequest is not null || input.Settings.GpuPortionLimit is not null;
        foreach (StepSetting row in StepSettingsSchema.Rows.Where(row => row.Default is not null && input.Settings[row.Name] is null))
        {
            var implied = row.Name == nameof(StepSettings.GpuRequestType) && asksPortion && !policy.MayNotEdit(row.WirePath!);
            if ((input.Settings.WorkloadTemplateId is not null || policy.Decides(row.WirePath!)) && !implied)
            {
                Assert.Null(spec.SelectToken(row.WirePath!));
            }
        }
    }, iter: Cases);

    [Fact]
    public void Build_AnyInputWithoutPolicyOrTemplate_AsksForAGpuInOneWay() => Anything.Sample(input =>
    {
        input.Settings.WorkloadTemplateId = null;
        input.Policy = null;
        var compute = (JObject)Build(input).Body["spec"]!["compute"]!;
        string[] gpu =
            [.. compute.Properties().Select(property => property.Name).Where(name => name.StartsWith("gpu", StringComparison.Ordinal))];
        var devices = (int)compute["gpuDevicesRequest"]!;
        var type = (string?)compute["gpuRequestType"];

        Assert.Equal(type == "portion", compute.ContainsKey("gpuPortionRequest"));
        Assert.Equal(type == "memory", compute.ContainsKey("gpuMemoryRequest"));
        if (devices == 0)
        {
            Assert.Equal(["gpuDevicesRequest"], gpu);
        }

        if (devices == 1)
        {
            Assert.NotNull(type);
        }

        if (devices > 1)
        {
            Assert.NotEqual("memory", type);
        }
    }, iter: Cases);

    [Fact]
    public void Build_SameInputTwice_IsTheSameBytes() => Anything.Sample(input =>
        Assert.Equal(Build(input).Json, RunAi.Json.WireJson.Write(Build(input).Body)), iter: Cases);

    private static TrainingSpec Build((Step Step, StepSettings Settings, JObject? Policy, bool PullSecret) input) => SpecRequests.Build(
        input.Step,
        input.Settings,
        new SubmissionDestination("7", Cluster) { ImagePullSecretName = input.PullSecret ? "regcred" : null },
        RunId.FromKey(input.Step.Name, "https://org.run.ai", "vision"),
        PolicyView.From(input.Policy is null ? null : new EffectivePolicy(input.Policy)));

    private static void Put(JObject root, string path, JToken value)
    {
        var names = path.Split('.');
        JObject parent = names.SkipLast(1).Aggregate(root, (inner, name) => (JObject)(inner[name] ??= new JObject()));
        parent[names[^1]] = value;
    }
}
