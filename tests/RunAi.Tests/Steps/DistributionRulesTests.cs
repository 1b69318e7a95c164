using System.Collections;
using RunAi.Steps;

namespace RunAi.Tests.Steps;

public sealed class DistributionRulesTests
{
    public static TheoryData<StepDistribution, string> Faults => new()
    {
        { new() { Workers = 2 }, "DistributedFramework" },
        { new() { Framework = "Torch", Workers = 2 }, "DistributedFramework" },
        { new() { Framework = "PyTorch" }, "Workers" },
        { new() { Framework = "PyTorch", Workers = 0 }, "Workers" },
        { new() { Framework = "PyTorch", Workers = 2000 }, "Workers" },
        { new() { Framework = "TF", Workers = 2, MaxReplicas = 3 }, "MaxReplicas" },
        { new() { Framework = "PyTorch", Workers = 2, MinReplicas = 3 }, "MinReplicas" },
        { new() { Framework = "PyTorch", Workers = 3, MaxReplicas = 2 }, "MaxReplicas" },
        { new() { Framework = "PyTorch", Workers = 2, SlotsPerWorker = 2 }, "SlotsPerWorker" },
        { new() { Framework = "MPI", Workers = 2, SlotsPerWorker = 0 }, "SlotsPerWorker" },
        { new() { Framework = "MPI", Workers = 2, SshAuthMountPath = "ssh" }, "SshAuthMountPath" },
        { new() { Framework = "MPI", Workers = 2, MpiLauncherCreationPolicy = "Later" }, "MpiLauncherCreationPolicy" },
        { new() { Framework = "PyTorch", Workers = 2, CleanPodPolicy = "none" }, "CleanPodPolicy" },
        { new() { Framework = "MPI", Workers = 2, NoMaster = true }, "NoMaster" },
        { new() { Framework = "XGBoost", Workers = 2, NoMaster = true }, "NoMaster" },
        { new() { Framework = "JAX", Workers = 2, MasterCommand = ["a"] }, "MasterCommand" },
        { new() { Framework = "PyTorch", Workers = 2, NoMaster = true, MasterSettings = new() }, "MasterSettings" },
        { new() { Framework = "PyTorch", Workers = 2, MasterCommand = [] }, "MasterCommand" },
        { new() { Framework = "PyTorch", Workers = 2, MasterCommand = ["a", "{{inputs.x}}"] }, "MasterCommand" },
        { new() { Framework = "PyTorch", Workers = 2, MasterEnvironment = new Hashtable { ["1x"] = "a" } }, "MasterEnvironment.1x" },
        { new() { Framework = "PyTorch", Workers = 2, MasterSettings = new() { BackoffLimit = 1 } }, "MasterSettings.BackoffLimit" },
        {
            new() { Framework = "PyTorch", Workers = 2, MasterSettings = new() { WorkloadTimeout = TimeSpan.FromHours(1) } },
            "MasterSettings.WorkloadTimeout"
        },
        { new() { Framework = "PyTorch", Workers = 2, MasterSettings = new() { Completions = 1 } }, "MasterSettings.Completions" },
        { new() { Framework = "PyTorch", Workers = 2, MasterSettings = new() { CpuCoreRequest = -1 } }, "MasterSettings.CpuCoreRequest" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Distribution_ThatCannotBe_NamesTheParameter(StepDistribution distribution, string field)
    {
        var failure = Assert.Throws<StepSettingsException>(() => StepValidation.ThrowIfInvalid(Step(distribution)));

        Assert.Equal(field, Assert.Single(failure.Violations).Field);
        Assert.Equal(ErrorIds.InvalidStep, failure.ErrorId);
    }

    [Fact]
    public void Distribution_WithSettingsOfOtherSteps_NamesThem()
    {
        var step = Step(new() { Framework = "PyTorch", Workers = 2 });
        step.Settings = new StepSettings { Parallelism = 2, Completions = 4 };

        var failure = Assert.Throws<StepSettingsException>(() => StepValidation.ThrowIfInvalid(step));

        Assert.Equal(["Parallelism", "Completions"], failure.Violations.Select(violation => violation.Field));
    }

    [Fact]
    public void Distribution_WithAnImageOfTheMaster_IsForStepsWithoutTheRunner()
    {
        var step = Step(new() { Framework = "PyTorch", Workers = 2, MasterImage = "other" });
        Assert.DoesNotContain(DistributionRules.Violations(step, step.Settings), _ => true);

        step.Checkpoint = true;

        Assert.Contains("MasterImage", DistributionRules.Violations(step, step.Settings).Select(violation => violation.Field));
    }

    [Theory]
    [InlineData("PyTorch")]
    [InlineData("MPI")]
    [InlineData("TF")]
    [InlineData("XGBoost")]
    [InlineData("JAX")]
    public void Distribution_OfEveryFramework_IsAccepted(string framework) =>
        StepValidation.ThrowIfInvalid(Step(new() { Framework = framework, Workers = 2 }));

    private static Step Step(StepDistribution distribution) =>
        new() { Name = "train", Image = "busybox", Command = ["echo"], Distribution = distribution };
}
