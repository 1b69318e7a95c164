using System.Collections;
using System.Collections.Specialized;
using Newtonsoft.Json.Linq;
using RunAi.ControlPlane.Wire;
using RunAi.Policies;
using RunAi.Specs;
using RunAi.Steps;

namespace RunAi.Tests.Specs;

public sealed class TrainingSpecBuilderTests
{
    private const string RunIdText = "01J9ZZ00000000000V4G7C2H9K";
    private const string Template = "550e8400-e29b-41d4-a716-446655440000";
    private static readonly SubmissionDestination Target = new("7", "71f69d83-ba66-4822-adf5-55ce55efd210");

    [Fact]
    public void Build_StepWithoutSettings_IsExactlyTheDesignsDefaults() => Assert.Equal(
        """
        {"name":"runai-train-4g7c2h9k","projectId":"7","clusterId":"71f69d83-ba66-4822-adf5-55ce55efd210","spec":{"image":"busybox",
        "command":"echo","args":"hi 'a b'","compute":{"gpuDevicesRequest":1,"gpuRequestType":"portion","gpuPortionRequest":1.0,
        "cpuCoreRequest":1.0,"cpuMemoryRequest":"4G"},"backoffLimit":0,"labels":[{"name":"runai-step-operator/run-id","value":"01J9ZZ00000000000V4G7C2H9K"},
        {"name":"runai-step-operator/version","value":"VERSION"}]}}
        """.ReplaceLineEndings("").Replace("VERSION", RunLabels.LibraryVersion, StringComparison.Ordinal),
        Build(new StepSettings()).Json);

    public static TheoryData<StepSettings, string> Encodings => new()
    {
        { new() { GpuDevicesRequest = 0 }, """{"gpuDevicesRequest":0}""" },
        { new() { GpuDevicesRequest = 1 }, """{"gpuDevicesRequest":1,"gpuRequestType":"portion","gpuPortionRequest":1.0}""" },
        { new() { GpuPortionRequest = 1 }, """{"gpuDevicesRequest":1,"gpuRequestType":"portion","gpuPortionRequest":1.0}""" },
        { new() { GpuRequestType = "Portion" }, """{"gpuDevicesRequest":1,"gpuRequestType":"portion","gpuPortionRequest":1.0}""" },
        { new() { GpuPortionRequest = 0.5 }, """{"gpuDevicesRequest":1,"gpuRequestType":"portion","gpuPortionRequest":0.5}""" },
        {
            new() { GpuPortionRequest = 0.5, GpuPortionLimit = 1 },
            """{"gpuDevicesRequest":1,"gpuRequestType":"portion","gpuPortionRequest":0.5,"gpuPortionLimit":1.0}"""
        },
        { new() { GpuDevicesRequest = 2 }, """{"gpuDevicesRequest":2}""" },
        { new() { GpuDevicesRequest = 2, GpuPortionRequest = 1, GpuRequestType = "portion" }, """{"gpuDevicesRequest":2}""" },
        {
            new() { GpuDevicesRequest = 2, GpuPortionRequest = 0.5 },
            """{"gpuDevicesRequest":2,"gpuRequestType":"portion","gpuPortionRequest":0.5}"""
        },
        {
            new() { GpuRequestType = "memory", GpuMemoryRequest = "8.0G", GpuMemoryLimit = "8Gi" },
            """{"gpuDevicesRequest":1,"gpuRequestType":"memory","gpuMemoryRequest":"8.0G","gpuMemoryLimit":"8Gi"}"""
        },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Build_GpuRequest_HasTheSafeEncoding(StepSettings settings, string expected)
    {
        var compute = (JObject)Build(settings).Body["spec"]!["compute"]!;
        compute.Remove("cpuCoreRequest");
        compute.Remove("cpuMemoryRequest");
        Assert.Equal(expected, compute.ToString(Newtonsoft.Json.Formatting.None));
    }

    [Theory]
    [InlineData("GpuMemoryRequest", "8G", "GpuMemoryRequest")]
    [InlineData("GpuPortionLimit", 0.5, "GpuPortionLimit")]
    [InlineData("CpuCoreLimit", 0.5, "CpuCoreLimit")]
    [InlineData("CpuMemoryLimit", "1G", "CpuMemoryLimit")]
    public void Build_SettingThatContradictsADefault_IsTold(string name, object value, string field)
    {
        StepSettings settings = StepSettings.FromDictionary(new Hashtable { [name] = value });
        var failure = Assert.Throws<StepSettingsException>(() => Build(settings));
        Assert.Equal(field, Assert.Single(failure.Violations).Field);
        Assert.Equal(ErrorIds.InvalidStepSettings, failure.ErrorId);
    }

    [Fact]
    public void Build_EverySetting_GoesToItsField()
    {
        JObject body = Build(new StepSettings
        {
            CpuCoreRequest = 2,
            CpuCoreLimit = 4,
            CpuMemoryRequest = "8Gi",
            CpuMemoryLimit = "16Gi",
            LargeShmRequest = true,
            NodePools = ["b", "a"],
            NodeType = "dgx",
            Preemptibility = "PREEMPTIBLE",
            PriorityClass = "high",
            Category = "Train",
            BackoffLimit = 3,
            RestartPolicy = "never",
            Parallelism = 2,
            Completions = 4,
            TerminationGracePeriod = 60,
            TerminateAfterPreemption = false,
            AutoDeletionTimeAfterCompletion = 3600,
            WorkingDir = "/workspace",
            ImagePullPolicy = "always",
            Label = new Hashtable { ["team"] = "vision", ["stage"] = "train" },
            Annotation = new Hashtable { ["note"] = "any text, really" },
            WorkloadTimeout = TimeSpan.FromHours(1),
            PendingTimeout = TimeSpan.FromHours(1),
        }).Body;

        JObject spec = (JObject)body["spec"]!;
        spec.Remove("image");
        spec.Remove("command");
        spec.Remove("args");
        ((JArray)spec["labels"]!).Last!.Remove();
        Assert.Equal(JObject.Parse("""
            {
              "compute": { "gpuDevicesRequest": 1, "gpuRequestType": "portion", "gpuPortionRequest": 1.0, "cpuCoreRequest": 2.0, "cpuCoreLimit": 4.0,
                "cpuMemoryRequest": "8Gi", "cpuMemoryLimit": "16Gi", "largeShmRequest": true },
              "nodePools": ["b", "a"], "nodeType": "dgx", "preemptibility": "preemptible", "priorityClass": "high", "category": "Train",
              "backoffLimit": 3, "restartPolicy": "Never", "parallelism": 2, "completions": 4, "terminationGracePeriodSeconds": 60,
              "terminateAfterPreemption": false, "autoDeletionTimeAfterCompletionSeconds": 3600, "workingDir": "/workspace", "imagePullPolicy": "Always",
              "labels": [{ "name": "stage", "value": "train" }, { "name": "team", "value": "vision" },
                { "name": "runai-step-operator/run-id", "value": "01J9ZZ00000000000V4G7C2H9K" }],
              "annotations": [{ "name": "note", "value": "any text, really" }]
            }
            """).ToString(), spec.ToString());
    }

    [Fact]
    public void Build_Environment_BecomesValuesAndReferences()
    {
        var step = new Step
        {
            Name = "train",
            Image = "busybox",
            Environment = new OrderedDictionary
            {
                ["LR"] = 0.1,
                ["TOKEN"] = new Hashtable { ["secret"] = "hub", ["key"] = "token" },
                ["SCHEMA"] = new Hashtable { ["configMap"] = "db", ["key"] = "schema" },
                ["MINE"] = new Hashtable { ["userCredential"] = "mine", ["key"] = "k" },
                ["POD"] = new Hashtable { ["podField"] = "metadata.name" },
                ["EMPTY"] = "",
            },
        };
        JToken variables = SpecRequests.Build(
            step, new StepSettings(), Target, RunIdText, PolicyView.None).Body["spec"]!["environmentVariables"]!;
        Assert.Equal(JArray.Parse("""
            [
              { "name": "LR", "value": "0.1" },
              { "name": "TOKEN", "secret": { "name": "hub", "key": "token" } },
              { "name": "SCHEMA", "configMap": { "name": "db", "key": "schema" } },
              { "name": "MINE", "userCredential": { "name": "mine", "key": "k" } },
              { "name": "POD", "podFieldRef": { "path": "metadata.name" } },
              { "name": "EMPTY", "value": "" }
            ]
            """).ToString(), variables.ToString());
    }

    [Fact]
    public void Build_SecretReferenceInEnvironment_SendsNothing()
    {
        var step = new Step { Name = "train", Image = "busybox", Environment = new Hashtable { ["TOKEN"] = "{{hub.token}}" } };
        var failure = Assert.Throws<StepSettingsException>(() =>
            SpecRequests.Build(step, new StepSettings(), Target, RunIdText, PolicyView.None));
        Assert.Equal(ErrorIds.InvalidStep, failure.ErrorId);
    }

    [Fact]
    public void Build_NoCommand_SendsNeitherCommandNorArguments()
    {
        var spec = (JObject)SpecRequests.Build(
            new Step { Name = "train", Image = "busybox" }, new StepSettings(), Target, RunIdText, PolicyView.None).Body["spec"]!;
        Assert.False(spec.ContainsKey("command"));
        Assert.False(spec.ContainsKey("args"));
        Assert.False(spec.ContainsKey("environmentVariables"));
        Assert.False(spec.ContainsKey("imagePullSecrets"));
    }

    [Theory]
    [InlineData(new[] { "sh" }, "sh", null)]
    [InlineData(new[] { "/opt/my app/run", "it's", "", "two\nlines" }, "'/opt/my app/run'", "'it'\\''s' '' 'two\nlines'")]
    public void Build_Command_IsQuotedForAShellSplit(string[] argv, string command, string? arguments)
    {
        var step = new Step { Name = "train", Image = "busybox", Command = argv };
        JToken spec = SpecRequests.Build(step, new StepSettings(), Target, RunIdText, PolicyView.None).Body["spec"]!;
        Assert.Equal(command, (string?)spec["command"]);
        Assert.Equal(arguments, (string?)spec["args"]);
    }

    [Fact]
    public void Build_ImagePullSecret_IsAnItem() => Assert.Equal(
        """[{"name":"regcred"}]""",
        SpecRequests.Build(Step(), new StepSettings(), Target with { ImagePullSecretName = "regcred" }, RunIdText, PolicyView.None)
            .Body["spec"]!["imagePullSecrets"]!.ToString(Newtonsoft.Json.Formatting.None));

    [Fact]
    public void Build_Template_SendsOnlyWhatWasSet()
    {
        JObject body = Build(new StepSettings { WorkloadTemplateId = Template, CpuCoreRequest = 2 }).Body;
        Assert.Equal(Template, (string?)body["templateId"]);
        Assert.Equal("""{"cpuCoreRequest":2.0}""", body["spec"]!["compute"]!.ToString(Newtonsoft.Json.Formatting.None));
        Assert.Null(body["spec"]!["backoffLimit"]);
    }

    [Fact]
    public void Build_PortionOverATemplate_CarriesItsType() => Assert.Equal(
        """{"gpuRequestType":"portion","gpuPortionRequest":0.5}""",
        Build(new StepSettings { WorkloadTemplateId = Template, GpuPortionRequest = 0.5 })
            .Body["spec"]!["compute"]!.ToString(Newtonsoft.Json.Formatting.None));

    [Theory]
    [InlineData(
        """{"defaults":{"compute":{"gpuPortionRequest":0.5}}}""", "gpuDevicesRequest gpuRequestType cpuCoreRequest cpuMemoryRequest")]
    [InlineData(
        """{"rules":{"compute":{"gpuPortionRequest":{"canEdit":false}}}}""",
        "gpuDevicesRequest gpuRequestType cpuCoreRequest cpuMemoryRequest")]
    [InlineData(
        """{"defaults":{"compute":{"gpuRequestType":"portion"}}}""", "gpuDevicesRequest gpuPortionRequest cpuCoreRequest cpuMemoryRequest")]
    [InlineData(
        """{"defaults":{"compute":{"gpuRequestType":"memory","gpuMemoryRequest":"8G"}}}""",
        "gpuDevicesRequest cpuCoreRequest cpuMemoryRequest")]
    [InlineData("""{"defaults":{"compute":{"gpuMemoryRequest":"8G"}}}""", "gpuDevicesRequest cpuCoreRequest cpuMemoryRequest")]
    [InlineData("""{"defaults":{"compute":{"gpuDevicesRequest":0}}}""", "cpuCoreRequest cpuMemoryRequest")]
    [InlineData("""{"defaults":{"compute":{"gpuDevicesRequest":1}}}""", "gpuRequestType gpuPortionRequest cpuCoreRequest cpuMemoryRequest")]
    [InlineData("""{"defaults":{"compute":{"gpuDevicesRequest":4}}}""", "cpuCoreRequest cpuMemoryRequest")]
    [InlineData("""{"rules":{"compute":{"gpuDevicesRequest":{"canEdit":false}}}}""", "cpuCoreRequest cpuMemoryRequest")]
    [InlineData(
        """{"rules":{"compute":{"cpuCoreRequest":{"canEdit":false},"cpuMemoryRequest":{"max":"2G"}}}}""",
        "gpuDevicesRequest gpuRequestType gpuPortionRequest cpuMemoryRequest")]
    [InlineData(
        """{"rules":{"compute":{"cpuMemoryRequest":{"defaultFrom":{"field":"cpuMemoryLimit"}}}}}""",
        "gpuDevicesRequest gpuRequestType gpuPortionRequest cpuCoreRequest")]
    public void Build_PolicyDecidesFieldsNobodySet_TheyAreLeftOut(string policy, string expected) => Assert.Equal(
        expected.Split(' '),
        ((JObject)Build(new StepSettings(), policy).Body["spec"]!["compute"]!).Properties().Select(property => property.Name));

    [Fact]
    public void Build_PolicyDecidesFieldTheUserSet_ItIsSent()
    {
        const string policy = """
            {"defaults":{"backoffLimit":2,"compute":{"gpuPortionRequest":0.5,"gpuRequestType":"memory"}},"rules":{"compute":{"cpuCoreRequest":{"canEdit":false}}}}
            """;
        JToken spec = Build(new StepSettings { GpuPortionRequest = 0.25, CpuCoreRequest = 2, BackoffLimit = 1 }, policy).Body["spec"]!;
        Assert.Equal(0.25, (double?)spec["compute"]!["gpuPortionRequest"]);
        Assert.Equal("portion", (string?)spec["compute"]!["gpuRequestType"]);
        Assert.Equal(2, (double?)spec["compute"]!["cpuCoreRequest"]);
        Assert.Equal(1, (int?)spec["backoffLimit"]);
    }

    [Fact]
    public void Build_BackoffLimit_IsNoneUnlessSetOrDecided()
    {
        Assert.Equal(0, (int?)Build(new StepSettings()).Body["spec"]!["backoffLimit"]);
        Assert.Null(Build(new StepSettings(), """{"defaults":{"backoffLimit":2}}""").Body["spec"]!["backoffLimit"]);
    }

    [Fact]
    public void Build_PriorityClass_DoesNotTouchPreemptibility()
    {
        JToken spec = Build(new StepSettings { PriorityClass = "very-high" }).Body["spec"]!;
        Assert.Equal("very-high", (string?)spec["priorityClass"]);
        Assert.Null(spec["preemptibility"]);
    }

    [Fact]
    public void Build_PolicyLetsNobodyAddLabels_TheRunsOwnAreLeftOut() => Assert.Null(
        Build(new StepSettings(), """{"rules":{"labels":{"instances":{"canAdd":false}}}}""").Body["spec"]!["labels"]);

    [Fact]
    public void Build_SettingsAndStepWrong_NothingIsFilledOverTheFaults()
    {
        var failure = Assert.Throws<StepSettingsException>(() => SpecRequests.Build(
            new Step { Name = "train" }, new StepSettings { GpuPortionRequest = 1.5 }, Target, RunIdText, PolicyView.None));
        Assert.Equal(["Image", "GpuPortionRequest"], failure.Violations.Select(violation => violation.Field));
    }

    [Fact]
    public void Digest_SameInput_IsTheSameAndOtherwiseNot()
    {
        TrainingSpec trainingSpec = Build(new StepSettings { Label = new Hashtable { ["a"] = "1", ["b"] = "2", ["c"] = "3" } });
        TrainingSpec same = Build(new StepSettings { Label = new Hashtable { ["c"] = "3", ["a"] = "1", ["b"] = "2" } });
        Assert.Equal(trainingSpec.Json, same.Json);
        Assert.Equal(trainingSpec.Digest, same.Digest);
        Assert.Matches("^sha256:[0-9a-f]{64}$", trainingSpec.Digest);
        Assert.NotEqual(trainingSpec.Digest, Build(new StepSettings()).Digest);
    }

    [Fact]
    public void Digest_AnotherLibraryVersion_IsTheSame()
    {
        TrainingSpec spec = Build(new StepSettings());
        var other = (JObject)spec.Body.DeepClone();
        other["spec"]!["labels"]!.Single(label => (string?)label["name"] == RunLabels.Version)["value"] = "99.0.0";
        Assert.NotEqual(spec.Json, new TrainingSpec(other).Json);
        Assert.Equal(spec.Digest, new TrainingSpec(other).Digest);
    }

    private static Step Step() => new() { Name = "train", Image = "busybox", Command = ["echo", "hi", "a b"] };

    private static TrainingSpec Build(StepSettings settings, string? policy = null) => SpecRequests.Build(
        Step(), settings, Target, RunIdText, PolicyView.From(policy is null ? null : new EffectivePolicy(JObject.Parse(policy))));
}
