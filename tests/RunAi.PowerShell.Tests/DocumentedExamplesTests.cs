using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

/// <summary>What the documentation shows can be tried on the emulator as it comes: no example waits for ever.</summary>
public sealed class DocumentedExamplesTests(DefaultOrganisation organisation) : IClassFixture<DefaultOrganisation>, IDisposable
{
    private static readonly IReadOnlyList<DocumentedRequest> Documented = DocumentedRequests.All();

    /// <summary>What the examples read of an agent's environment.</summary>
    private static readonly Dictionary<string, string> AgentVariables = new()
    {
        ["$env:SYSTEM_COLLECTIONURI"] = "https://dev.azure.com/org/",
        ["$env:SYSTEM_TEAMPROJECT"] = "project",
    };

    private readonly Workspace _workspace = new(organisation.Plane);

    public static IEnumerable<object[]> Requests => Documented.Select(request => new object[] { request.Source, request.Arguments });

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [MemberData(nameof(Requests))]
    public void Request_OfTheDocumentation_IsPlacedInTheDefaultOrganisation(string source, string arguments)
    {
        foreach (var (variable, value) in AgentVariables)
        {
            arguments = arguments.Replace(variable, value, StringComparison.Ordinal);
        }

        var name = (string)_workspace.Run(
            $"(Submit-RunAiStep documented -Image busybox -Command 'true' {arguments}).WorkloadName").TheOutput.BaseObject;
        organisation.Plane.Advance(TimeSpan.FromMinutes(1));

        var phases = organisation.Plane.Effects().Where(effect => (string?)effect!["name"] == name)
            .Select(effect => (string?)effect!["phase"]).ToArray();
        Assert.True(phases.Contains("Completed"), $"{arguments} of {source} did not run: {string.Join(", ", phases)}. {Why(name)}");
    }

    /// <summary>Keeps the search honest: these kinds of request are known to stand in README and in the commands' help.</summary>
    [Theory]
    [InlineData("GpuMemoryRequest 20Gi")]
    [InlineData("GpuPortionRequest 0.5")]
    [InlineData("-NodePools a100")]
    [InlineData("-NodeType ")]
    [InlineData("-PriorityClass ")]
    [InlineData("-StorageClass ")]
    [InlineData("CpuMemoryRequest = '16G'")]
    [InlineData("New-RunAiNodeAffinity")]
    [InlineData("New-RunAiToleration")]
    [InlineData("@{ 'rdma/hca' = 1 }")]
    [InlineData("-Workers 3")]
    [InlineData("GpuDevicesRequest = 3; CpuCoreRequest = 40")]
    [InlineData("Preemptibility = 'non-preemptible'")]
    public void Search_FindsEveryKindOfRequest(string expected) =>
        Assert.Contains(Documented, request => request.Arguments.Contains(expected, StringComparison.Ordinal));

    private string Why(string name)
    {
        var diagnosis = _workspace.Run("(Get-RunAiWorkloadDiagnosis $args[0]).Summary", name).Output;
        _workspace.Run("Remove-RunAiWorkload $args[0] -Confirm:$false", name);
        return string.Join(" ", diagnosis);
    }
}
