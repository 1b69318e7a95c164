using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

[Collection(CrowdCollection.Name)]
public sealed class RestMethodTests(CrowdedPlane crowd) : IDisposable
{
    private readonly Workspace _workspace = new(crowd.Plane);

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Get_OfOneObject_IsAnObjectWithNestedValuesAndTimes()
    {
        _workspace.Run("$p = Invoke-RunAiRestMethod /api/v1/org-unit/projects/1").ThrowIfFailed();

        Assert.Equal("demo", Text("$p.name"));
        Assert.Equal("default 2", Text("\"$($p.resources[0].nodePool.name) $($p.resources[0].gpu.deserved)\""));
        Assert.Equal("System.DateTimeOffset", Text("$p.createdAt.GetType().FullName"));
        Assert.Equal("True", Text("$p.createdAt -lt [DateTimeOffset]::UtcNow -and $p.totalResources.gpuQuota -eq 2.5"));
    }

    [Theory]
    [InlineData("/api/v1/nodes", CrowdedPlane.Nodes, 3)]
    [InlineData("/api/v1/org-unit/projects", 3, 1)]
    [InlineData("/api/v1/clusters", 1, 1)]
    [InlineData("/api/v1/workload-priorities", 7, 1)]
    public void Get_All_GivesTheRowsOfEveryShape(string path, int rows, int requests)
    {
        var since = crowd.Plane.LastRequest();

        Assert.Equal(rows, _workspace.Run("Invoke-RunAiRestMethod $args[0] -All", path).ThrowIfFailed().Output.Count);
        Assert.Equal(requests, crowd.Plane.Queries(path, since).Count);
    }

    [Fact]
    public void Get_TheFirst_OrAsManyAsThePipelineTakes_AsksForNoMore()
    {
        _workspace.Run("function Take([int] $n) { process { $_; if (--$n -eq 0) { break } } }");
        var since = crowd.Plane.LastRequest();

        Assert.Equal(3, _workspace.Run("Invoke-RunAiRestMethod /api/v1/nodes -First 3 -Query @{ filterBy = 'name=^cpu-', 'status==Ready' }")
            .ThrowIfFailed().Output.Count);
        Assert.Equal(
            3, _workspace.Run("foreach ($once in 1) { Invoke-RunAiRestMethod /api/v1/nodes -All | Take 3 }").ThrowIfFailed().Output.Count);

        var queries = crowd.Plane.Queries("/api/v1/nodes", since);
        Assert.Equal(["?filterBy=name%3D%5Ecpu-,status%3D%3DReady&offset=0&limit=3", "?offset=0&limit=500"], queries);
    }

    [Fact]
    public void Put_OfATableAndDelete_AskFirstAndAreSent()
    {
        const string Body = "@{ meta = [pscustomobject] @{ scope = 'project'; projectId = 3; name = 'mine' }; policy = @{ rules = @{ "
            + "compute = @{ gpuDevicesRequest = @{ max = 1 } } } } }";
        const string Read = "(Invoke-RunAiRestMethod /api/v2/policy/trainings -Query @{ scope = 'project'; projectId = 3 "
            + "}).policy.rules.compute.gpuDevicesRequest.max";
        var since = crowd.Plane.LastRequest();

        _workspace.Run($"Invoke-RunAiRestMethod /api/v2/policy/trainings -Method PUT -Body {Body} -WhatIf").ThrowIfFailed();
        Assert.Empty(crowd.Plane.Requests(since));

        _workspace.Run($"$null = Invoke-RunAiRestMethod /api/v2/policy/trainings -Method put -Body {Body}").ThrowIfFailed();
        Assert.Equal("1", Text(Read));
        _workspace.Run(
            "Invoke-RunAiRestMethod /api/v2/policy/trainings -Method DELETE -Query @{ scope = 'project'; projectId = 3 }").ThrowIfFailed();
        Assert.StartsWith("RunAi.ApiError,", _workspace.Run(Read).TheError.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Post_FromThePipeline_IsARequestForEachInput_AndFailuresDoNotEndTheRest()
    {
        const string One = "@{ name = $_; projectId = '1'; clusterId = '71f69d83-ba66-4822-adf5-55ce55efd210'; spec = @{ image = "
            + "'busybox'; args = 'true' } }";

        var result = _workspace.Run(
            $"'rest-a', '', 'rest-b' | ForEach-Object {{ {One} }} | Invoke-RunAiRestMethod /api/v1/workloads/trainings -Method POST");

        Assert.Equal(["rest-a", "rest-b"], result.Output.Select(output => (string)output.Properties["name"].Value));
        Assert.Equal(400, result.TheError.Exception.GetType().GetProperty("StatusCode")!.GetValue(result.TheError.Exception));
        _workspace.Run("Get-RunAiWorkload rest-* | Remove-RunAiWorkload -Confirm:$false").ThrowIfFailed();
    }

    [Theory]
    [InlineData("https://evil.example/api/v1/workloads", "leads away")]
    [InlineData("//evil.example/api/v1/workloads", "is not made of")]
    [InlineData("/api/v1/../../emulator/requests", "dots for a segment")]
    [InlineData("/emulator/requests", "is not made of")]
    [InlineData("/api/v1/token", "fetched by the module itself")]
    [InlineData("/api/v1/workloads?limit=5", "-Query")]
    public void Path_ThatLeadsElsewhere_IsRefusedAndNothingIsSent(string path, string said)
    {
        _workspace.Run("Disconnect-RunAi");
        var since = crowd.Plane.LastRequest();

        var error = _workspace.Run("Invoke-RunAiRestMethod $args[0] -Verbose", path).TheError;

        Assert.StartsWith("RunAi.InvalidRestRequest,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(said, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(crowd.Plane.Requests(since));
    }

    [Fact]
    public void Errors_AreTheModulesOwn()
    {
        var error = _workspace.Run("Invoke-RunAiRestMethod /api/v1/nodes -Query @{ limit = 0 }").TheError;

        Assert.StartsWith("RunAi.ApiError,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("400", error.ToString(), StringComparison.Ordinal);
        Assert.StartsWith(
            "RunAi.InvalidRestRequest,",
            _workspace.Run("Invoke-RunAiRestMethod /api/v1/nodes -Method DELETE -All").TheError.FullyQualifiedErrorId,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Verbose_TellsMethodPathAndStatus_AndNoQueryOrBody()
    {
        var lines = string.Join('\n', _workspace.Run(
            "Invoke-RunAiRestMethod /api/v1/workloads -Query @{ search = 'canary-word' } -Verbose").ThrowIfFailed().Verbose);

        Assert.Contains("GET /api/v1/workloads 200", lines, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-word", lines, StringComparison.Ordinal);
    }

    private string Text(string script) => _workspace.Run(script).TheOutput.BaseObject.ToString()!;
}
