namespace RunAi.Emulator.Tests.Contract;

public class CoverageTests
{
    [SkippableFact]
    public async Task EveryListEndpoint_OfTheEmulator_IsInTheDocument()
    {
        ContractDocument.Need();
        await using var emulator = await TestEmulator.SimulateAsync();
        var id = await emulator.SubmitAsync("one");
        var many = await emulator.SubmitDistributedAsync("many");

        foreach (var path in new[]
        {
            "/api/v1/workloads", "/api/v1/workloads/count", $"/api/v1/workloads/{id}", $"/api/v1/workloads/{id}/events",
            $"/api/v1/workloads/{id}/history", $"/api/v1/workloads/{id}/pods", "/api/v1/workloads/pods",
            $"/api/v1/workloads/trainings/{id}", $"/api/v1/workloads/distributed/{many}", "/api/v1/org-unit/projects", "/api/v1/org-unit/projects/count",
            "/api/v1/org-unit/projects/1", "/api/v1/org-unit/departments", "/api/v1/clusters",
            $"/api/v1/clusters/{TestEmulator.Cluster}", "/api/v1/node-pools", "/api/v1/nodes", "/api/v1/workload-priorities",
        })
        {
            await emulator.GetAsync(path);
        }

        Assert.Contains("GET /api/v1/workloads/{workloadId}/history", emulator.Contract.Seen);
        Assert.Equal(21, emulator.Contract.Seen.Count);
    }
}
