using System.Collections;
using CsCheck;
using RunAi.Steps;

namespace RunAi.Tests.Steps;

public sealed class StepSettingsValidationTests
{
    public static TheoryData<StepSettings, string> Wrong => new()
    {
        { new() { GpuDevicesRequest = -1 }, "GpuDevicesRequest: -1 is below 0." },
        { new() { GpuPortionRequest = 1.5 }, "GpuPortionRequest: 1.5 is above 1. Ask for GpuDevicesRequest 2 to get more than one GPU." },
        { new() { GpuPortionRequest = 3.2 }, "GpuPortionRequest: 3.2 is above 1. Ask for GpuDevicesRequest 4 " },
        { new() { GpuPortionRequest = 0 }, "GpuPortionRequest: 0 is not above 0. Ask for GpuDevicesRequest 0 " },
        { new() { GpuPortionRequest = double.NaN }, "GpuPortionRequest: NaN is not the share of a GPU." },
        { new() { GpuPortionRequest = double.PositiveInfinity }, "GpuPortionRequest: Infinity is not the share of a GPU." },
        { new() { GpuPortionLimit = 1.1 }, "GpuPortionLimit: 1.1 is not the share of a GPU." },
        { new() { GpuPortionRequest = 0.5, GpuPortionLimit = 0.4 }, "GpuPortionLimit: 0.4 is below GpuPortionRequest 0.5." },
        { new() { GpuRequestType = "portions" }, "GpuRequestType: 'portions' is none of portion, memory. Did you mean portion?" },
        { new() { GpuRequestType = "memory" }, "GpuMemoryRequest: is missing." },
        {
            new() { GpuRequestType = "memory", GpuMemoryRequest = "8G", GpuDevicesRequest = 2 },
            "GpuRequestType: memory takes one device, and GpuDevicesRequest is 2."
        },
        {
            new() { GpuRequestType = "memory", GpuMemoryRequest = "8G", GpuPortionRequest = 0.5 },
            "GpuPortionRequest: goes with GpuRequestType portion"
        },
        {
            new() { GpuRequestType = "memory", GpuMemoryRequest = "8G", GpuPortionLimit = 0.5 },
            "GpuPortionLimit: goes with GpuRequestType portion"
        },
        { new() { GpuRequestType = "portion", GpuMemoryRequest = "8G" }, "GpuMemoryRequest: goes with GpuRequestType memory" },
        { new() { GpuRequestType = "portion", GpuMemoryLimit = "8G" }, "GpuMemoryLimit: goes with GpuRequestType memory" },
        {
            new() { GpuRequestType = "memory", GpuMemoryRequest = "8Gi", GpuMemoryLimit = "8G" },
            "GpuMemoryLimit: 8G is below GpuMemoryRequest 8Gi."
        },
        {
            new() { GpuDevicesRequest = 0, GpuPortionRequest = 0.5 },
            "GpuPortionRequest: asks for a share of a GPU, but GpuDevicesRequest 0 asks for none."
        },
        { new() { GpuDevicesRequest = 0, GpuRequestType = "portion" }, "GpuRequestType: asks for a share of a GPU" },
        { new() { CpuCoreRequest = 0 }, "CpuCoreRequest: 0 is not above 0." },
        { new() { CpuCoreRequest = double.NaN }, "CpuCoreRequest: NaN is not a number of cores." },
        { new() { CpuCoreRequest = 2, CpuCoreLimit = 1.5 }, "CpuCoreLimit: 1.5 is below CpuCoreRequest 2." },
        { new() { CpuMemoryRequest = "4GB" }, "CpuMemoryRequest: '4GB' is not a Kubernetes quantity." },
        { new() { CpuMemoryRequest = "0" }, "CpuMemoryRequest: 0 is not above 0." },
        {
            new() { CpuMemoryRequest = "500m" },
            "CpuMemoryRequest: '500m' is a fraction of bytes: n, u and m are thousandths in Kubernetes. Write 500M"
        },
        { new() { CpuMemoryLimit = "2048m" }, "CpuMemoryLimit: '2048m' is a fraction of bytes" },
        { new() { CpuMemoryLimit = "2000m" }, "CpuMemoryLimit: '2000m' is a fraction of bytes" },
        { new() { CpuMemoryLimit = "2.5" }, "CpuMemoryLimit: '2.5' is a fraction of bytes" },
        {
            new() { CpuMemoryLimit = "512" },
            "CpuMemoryLimit: 512 is 512 bytes, and no process starts in less than 4Mi. Write it with its unit"
        },
        { new() { CpuMemoryRequest = "4Gi", CpuMemoryLimit = "4G" }, "CpuMemoryLimit: 4G is below CpuMemoryRequest 4Gi." },
        { new() { NodePools = ["a", "b", "a"] }, "NodePools: 'a' is named more than once." },
        { new() { NodePools = ["a", ""] }, "NodePools: holds an empty name." },
        { new() { Preemptibility = "never" }, "Preemptibility: 'never' is none of preemptible, non-preemptible." },
        { new() { PriorityClass = " " }, "PriorityClass: is empty." },
        { new() { BackoffLimit = -1 }, "BackoffLimit: -1 is below 0." },
        { new() { Parallelism = 0 }, "Parallelism: 0 is below 1." },
        { new() { Parallelism = 3, Completions = 2 }, "Parallelism: 3 is above Completions 2." },
        { new() { TerminationGracePeriod = -1 }, "TerminationGracePeriod: -1 is below 0." },
        { new() { WorkingDir = "src" }, "WorkingDir: 'src' is not an absolute path" },
        { new() { WorkingDir = "/a\0b" }, "WorkingDir: holds a NUL character" },
        { new() { WorkloadTemplateId = "my-template" }, "WorkloadTemplateId: 'my-template' is not the UUID of a template" },
        { new() { ImagePullPolicy = "Alway" }, "ImagePullPolicy: 'Alway' is none of Always, Never, IfNotPresent. Did you mean Always?" },
        { new() { WorkloadTimeout = TimeSpan.Zero }, "WorkloadTimeout: 00:00:00 is not above 0." },
        { new() { PendingTimeout = TimeSpan.FromSeconds(-1) }, "PendingTimeout: -00:00:01 is not above 0." },
        { new() { Label = new Hashtable { ["a b"] = "c" } }, "Label: 'a b' is no name of a label" },
        { new() { Label = new Hashtable { ["a"] = "b c" } }, "Label: the value of 'a' is no label value" },
        {
            new() { Label = new Hashtable { [RunLabels.RunId] = "mine" } },
            "Label: 'runai-step-operator/run-id' begins with runai-step-operator/"
        },
        { new() { Annotation = new Hashtable { [new string('a', 64)] = "b" } }, "Annotation: 'aaaa" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Violations_OneWrongSetting_IsTheOnlyOneTold(StepSettings settings, string expected) =>
        Assert.StartsWith(expected, Assert.Single(StepSettingsValidation.Violations(settings)).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Violations_SeveralWrongSettings_AreToldInTheirOrder()
    {
        IReadOnlyList<Violation> violations = StepSettingsValidation.Violations(new StepSettings
        {
            PendingTimeout = TimeSpan.Zero,
            WorkingDir = "x",
            CpuMemoryLimit = "1k",
            CpuMemoryRequest = "4G",
            GpuPortionRequest = 2,
            GpuPortionLimit = 0.5,
        });
        Assert.Equal(
            ["GpuPortionRequest", "CpuMemoryLimit", "WorkingDir", "PendingTimeout"],
            violations.Select(violation => violation.Field));
    }

    [Fact]
    public void Violations_PartThatIsYetToBeMerged_IsNotJudgedByWhatIsMissing()
    {
        Assert.Empty(StepSettingsValidation.Violations(new StepSettings { GpuMemoryRequest = "16G" }));
        Assert.Empty(StepSettingsValidation.Violations(new StepSettings { GpuPortionLimit = 0.5 }));
        Assert.Empty(StepSettingsValidation.Violations(new StepSettings { Parallelism = 4 }));
    }

    [Fact]
    public void Violations_MemoryLeftToATemplate_IsFine() => Assert.Empty(StepSettingsValidation.Violations(
        new StepSettings { GpuRequestType = "memory", WorkloadTemplateId = "550e8400-e29b-41d4-a716-446655440000" }));

    [Fact]
    public void Violations_AnyValidSettings_AreNone() =>
        SettingsGen.Valid.Sample(settings => Assert.Empty(StepSettingsValidation.Violations(settings)));
}
