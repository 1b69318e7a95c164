using System.Collections;
using CsCheck;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using RunAi.ControlPlane.Wire;
using RunAi.Policies;
using RunAi.Specs;
using RunAi.Tests.Steps;

namespace RunAi.Tests.Specs;

public sealed class DistributedSpecBuilderTests
{
    private const string RunIdText = "01J9ZZ00000000000V4G7C2H9K";
    private static readonly SubmissionDestination Target = new("7", "71f69d83-ba66-4822-adf5-55ce55efd210");

    [Fact]
    public void Build_WorkersAlike_IsTheTrainingsBodyAndOneFlagForTheMaster()
    {
        var step = Step(new StepDistribution { Framework = "PyTorch", Workers = 3 });
        var training = JObject.Parse(SpecRequests.Build(Step(null), new StepSettings(), Target, RunIdText, PolicyView.None).Json);

        var body = JObject.Parse(Build(step).Json);

        Assert.True((bool)body["masterSpecSameAsWorker"]!);
        Assert.Null(body["masterSpec"]);
        Assert.Equal(("PyTorch", 3), ((string?)body["spec"]!["distributedFramework"], (int)body["spec"]!["numWorkers"]!));
        body.Remove("masterSpecSameAsWorker");
        ((JObject)body["spec"]!).Remove("distributedFramework");
        ((JObject)body["spec"]!).Remove("numWorkers");
        Assert.Equal(training.ToString(), body.ToString());
    }

    [Fact]
    public void Build_MasterThatDiffers_HasTheStepsSettingsUnderItsOwnAndNothingThatIsTheWorkers()
    {
        var step = Step(new StepDistribution
        {
            Framework = "PyTorch",
            Workers = 2,
            MasterSettings = new StepSettings { GpuDevicesRequest = 0, CpuMemoryRequest = "8G" },
            MasterCommand = ["lead", "a b"],
            MasterImage = "lead:1",
            MasterEnvironment = new Hashtable { ["B"] = "m" },
        });
        step.Environment = new Hashtable { ["A"] = "1", ["B"] = "w" };
        var settings = new StepSettings
        {
            GpuPortionRequest = 0.5,
            CpuCoreRequest = 2,
            PriorityClass = "high",
            TerminationGracePeriod = 5,
            NodeType = "t4",
        };

        var body = Build(step, settings).Body;

        var (worker, master) = ((JObject)body["spec"]!, (JObject)body["masterSpec"]!);
        Assert.Null(body["masterSpecSameAsWorker"]);
        Assert.Equal(
            """{"gpuDevicesRequest":0,"cpuCoreRequest":2.0,"cpuMemoryRequest":"8G"}""", master["compute"]!.ToString(Formatting.None));
        Assert.Equal(
            ("lead:1", "lead", "'a b'", "t4"),
            ((string?)master["image"], (string?)master["command"], (string?)master["args"], (string?)master["nodeType"]));
        Assert.Equal(
            """[{"name":"A","value":"1"},{"name":"B","value":"m"}]""", master["environmentVariables"]!.ToString(Formatting.None));
        Assert.Equal(
            ["w"], worker["environmentVariables"]!.Where(token => (string?)token["name"] == "B").Select(token => (string?)token["value"]));
        Assert.All(
            ["backoffLimit", "priorityClass", "terminationGracePeriodSeconds", "numWorkers", "distributedFramework"],
            name => Assert.True(worker.ContainsKey(name) && !master.ContainsKey(name), name));
        Assert.Equal(RunIdText, (string?)master["labels"]![0]!["value"]);
    }

    [Theory]
    [InlineData("PyTorch", true)]
    [InlineData("JAX", false)]
    public void Build_WithoutAMaster_NamesNone(string framework, bool noMaster)
    {
        var body = Build(Step(new StepDistribution { Framework = framework, Workers = 2, NoMaster = noMaster })).Body;

        Assert.Null(body["masterSpec"]);
        Assert.Null(body["masterSpecSameAsWorker"]);
    }

    [Fact]
    public void Build_Mpi_GivesTheCommandToTheLauncherAlone()
    {
        var body = Build(Step(new StepDistribution
        {
            Framework = "MPI",
            Workers = 2,
            SlotsPerWorker = 4,
            SshAuthMountPath = "/home/me/.ssh",
            MpiLauncherCreationPolicy = "WaitForWorkersReady",
            CleanPodPolicy = "All",
        })).Body;

        Assert.Null(body["spec"]!["command"]);
        Assert.Null(body["spec"]!["args"]);
        Assert.Equal(("echo", "hi"), ((string?)body["masterSpec"]!["command"], (string?)body["masterSpec"]!["args"]));
        Assert.Equal(
            (4, "/home/me/.ssh", "WaitForWorkersReady", "All"),
            (
                (int)body["spec"]!["slotsPerWorker"]!, (string?)body["spec"]!["sshAuthMountPath"],
                (string?)body["spec"]!["mpiLauncherCreationPolicy"], (string?)body["spec"]!["cleanPodPolicy"]));
    }

    [Fact]
    public void Build_UnderTheStepRunner_StartsItInEveryReplicaAndHidesItsSignature()
    {
        var step = Step(
            new StepDistribution { Framework = "PyTorch", Workers = 2, MasterSettings = new StepSettings { CpuCoreRequest = 3 } });
        var launch = new RunnerLaunch("r/i@sha256:1", "https://store/runs/1?sig=secret");

        var spec = Build(step, runner: launch);

        Assert.All(["spec", "masterSpec"], part =>
        {
            Assert.Equal(
                ("/.runai/step-runner", "r/i@sha256:1"), ((string?)spec.Body[part]!["command"], (string?)spec.Body[part]!["image"]));
            Assert.Contains("sig=secret", spec.Body[part]!["environmentVariables"]!.ToString(), StringComparison.Ordinal);
        });
        Assert.DoesNotContain("secret", spec.Shown().ToString(), StringComparison.Ordinal);
        Assert.Equal(spec.Digest, Build(step, runner: launch with { ManifestAddress = "https://store/runs/1?sig=other" }).Digest);
    }

    [Fact]
    public void Build_WithAPolicy_LeavesEachReplicaWhatItsPartDecides()
    {
        var step = Step(new StepDistribution { Framework = "PyTorch", Workers = 2, MasterCommand = ["lead"] });
        var policy = new EffectivePolicy(JObject.Parse(
            """{"defaults":{"worker":{"compute":{"cpuCoreRequest":4}}},"rules":{"master":{"compute":{"cpuMemoryRequest":{"canEdit":false}}}}}"""));

        var body = SpecRequests.Build(
            step, new StepSettings(), Target, RunIdText, PolicyView.From(policy.Of("worker")),
            masterPolicy: PolicyView.From(policy.Of("master"))).Body;

        Assert.Equal(
            (null, "4G"), ((double?)body["spec"]!["compute"]!["cpuCoreRequest"], (string?)body["spec"]!["compute"]!["cpuMemoryRequest"]));
        Assert.Equal(
            (1, null),
            ((double?)body["masterSpec"]!["compute"]!["cpuCoreRequest"], (string?)body["masterSpec"]!["compute"]!["cpuMemoryRequest"]));
    }

    [SkippableTheory]
    [InlineData("PyTorch")]
    [InlineData("MPI")]
    [InlineData("TF")]
    [InlineData("XGBoost")]
    [InlineData("JAX")]
    public void Build_EveryField_IsARequestOfTheDocument(string framework)
    {
        var schema = new StrictSchema(OpenApiDocument.Require());
        var (torch, mpi) = (framework == "PyTorch", framework == "MPI");
        var distribution = new StepDistribution
        {
            Framework = framework,
            Workers = 2,
            CleanPodPolicy = "Running",
            MinReplicas = torch ? 1 : null,
            MaxReplicas = torch ? 4 : null,
            SlotsPerWorker = mpi ? 2 : null,
            SshAuthMountPath = mpi ? "/ssh" : null,
            MpiLauncherCreationPolicy = mpi ? "AtStartup" : null,
            MasterCommand = framework == "JAX" ? null : ["lead"],
        };

        SettingsGen.Valid.Sample(
            settings =>
            {
                (settings.Parallelism, settings.Completions) = (null, null);
                Assert.Empty(schema.Violations(JObject.Parse(Build(Step(distribution), settings).Json), "DistributedCreationRequest"));
            },
            iter: 300);
    }

    private static Step Step(StepDistribution? distribution) =>
        new() { Name = "train", Image = "busybox", Command = ["echo", "hi"], Distribution = distribution };

    private static TrainingSpec Build(Step step, StepSettings? settings = null, RunnerLaunch? runner = null) =>
        SpecRequests.Build(step, settings ?? new StepSettings(), Target, RunIdText, PolicyView.None, runner);
}
