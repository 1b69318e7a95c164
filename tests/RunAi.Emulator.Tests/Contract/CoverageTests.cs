using Xunit.Abstractions;

namespace RunAi.Emulator.Tests.Contract;

public class CoverageTests(ITestOutputHelper output)
{
    [SkippableFact]
    public async Task EveryListEndpoint_OfTheEmulator_IsInTheDocument()
    {
        ContractDocument.Need();
        await using var emulator = await TestEmulator.SimulateAsync();
        var id = await emulator.SubmitAsync("one");
        var many = await emulator.SubmitDistributedAsync("many");
        await emulator.AdvanceAsync(2);
        var pod = (string)(await emulator.GetAsync($"/api/v1/workloads/{id}/pods"))["pods"]![0]!["id"]!;
        const string Range = "start=2026-01-02T03:04:00Z&end=2026-01-02T03:05:00Z";

        foreach (var path in new[]
        {
            "/api/v1/workloads", "/api/v1/workloads/count", $"/api/v1/workloads/{id}", $"/api/v1/workloads/{id}/events",
            $"/api/v1/workloads/{id}/history", $"/api/v1/workloads/{id}/pods", "/api/v1/workloads/pods",
            $"/api/v1/workloads/trainings/{id}", $"/api/v1/workloads/distributed/{many}", "/api/v1/org-unit/projects",
            "/api/v1/org-unit/projects/count", "/api/v1/org-unit/projects/1", "/api/v1/org-unit/departments", "/api/v1/clusters",
            $"/api/v1/clusters/{TestEmulator.Cluster}", "/api/v1/node-pools", "/api/v1/nodes", "/api/v1/workload-priorities",
            "/api/v1/workload-types", "/api/v1/workload-categories", "/api/v1/workload-categories/6f2a1f0e-0002-4a83-9d0e-52f1b3c4f7a1",
            $"/api/v1/workloads/{id}/metrics?metricType=GPU_UTILIZATION,POD_COUNT&{Range}",
            $"/api/v1/workloads/{id}/pods/{pod}/metrics?metricType=CPU_USAGE_CORES&{Range}",
            "/api/v1/workloads/telemetry?telemetryType=WORKLOADS_COUNT&groupBy=ProjectId,Phase",
            "/api/v1/nodes/telemetry?telemetryType=FREE_GPUS&groupBy=ClusterId,Node",
            "/api/v1/org-unit/projects/telemetry?telemetryType=GPU_QUOTA&groupBy=NodepoolId",
        })
        {
            await emulator.GetAsync(path);
        }

        Assert.Contains("GET /api/v1/workloads/{workloadId}/history", emulator.Contract.Seen);
        output.WriteLine($"{emulator.Contract.Seen.Count} operations answered as the document has them ({emulator.Contract.Answers} "
            + "answers, every field checked).");
        Assert.Equal(29, emulator.Contract.Seen.Count);
    }
}
