using RunAi.Rest;

namespace RunAi.Tests.Rest;

public class RestPathTests
{
    private static readonly Uri Home = new("https://org.run.ai/gateway");

    [Theory]
    [InlineData("/api/v1/workloads", "/api/v1/workloads")]
    [InlineData(" /api/v2/policy/trainings ", "/api/v2/policy/trainings")]
    [InlineData("/v1/k8s/setting", "/v1/k8s/setting")]
    [InlineData("/api/v1/clusters/a/nodepools/my%20pool/metrics", "/api/v1/clusters/a/nodepools/my%20pool/metrics")]
    [InlineData("/api/v1/tokens", "/api/v1/tokens")]
    [InlineData("https://org.run.ai/gateway/api/v1/workloads", "/api/v1/workloads")]
    [InlineData("HTTPS://ORG.run.ai/gateway/api/v1/workloads", "/api/v1/workloads")]
    public void Read_OfAnEndpoint_IsItsPath(string given, string path) => Assert.Equal((path, null), RestPath.Read(given, Home));

    [Theory]
    [InlineData("https://evil.example/api/v1/workloads", "leads away")]
    [InlineData("https://org.run.ai.evil.example/gateway/api/v1/workloads", "leads away")]
    [InlineData("https://org.run.ai@evil.example/api/v1/workloads", "leads away")]
    [InlineData("http://org.run.ai/gateway/api/v1/workloads", "leads away")]
    [InlineData("https://org.run.ai/api/v1/workloads", "leads away")]
    [InlineData("//evil.example/api/v1/workloads", "is not made of")]
    [InlineData("@evil.example/api/v1", "is not made of")]
    [InlineData(".evil.example/api/v1", "is not made of")]
    [InlineData(":80@evil.example/", "is not made of")]
    [InlineData("/\\evil.example/api", "is not made of")]
    [InlineData("/api/v1/../../admin", "dots for a segment")]
    [InlineData("/api/v1/./workloads", "dots for a segment")]
    [InlineData("/api/v1/%2e%2e/admin", "hides a slash")]
    [InlineData("/api/v1/a%2Fb", "hides a slash")]
    [InlineData("/api/v1/a%5cb", "hides a slash")]
    [InlineData("/api/v1/a%0d%0aHost:x", "hides a slash")]
    [InlineData("/api/v1//workloads", "is not made of")]
    [InlineData("/api/v1/work loads", "is not made of")]
    [InlineData("/api/v1/workloads\nX: y", "is not made of")]
    [InlineData("/api/v1/%zz", "is not made of")]
    [InlineData("/admin/users", "is not made of")]
    [InlineData("/cluster-api/api/v1/x", "is not made of")]
    [InlineData("/api/v1", "is not made of")]
    [InlineData("", "is not made of")]
    [InlineData("/api/v1/workloads?limit=5", "-Query")]
    [InlineData("/api/v1/workloads#x", "-Query")]
    [InlineData("/api/v1/token", "fetched by the module itself")]
    [InlineData("/API/v2/token", "is not made of")]
    [InlineData("/api/v2/Token", "fetched by the module itself")]
    [InlineData("/v1/k8s/auth/oauth/apptoken", "fetched by the module itself")]
    public void Read_OfWhatLeadsElsewhere_IsRefused(string given, string flaw)
    {
        var (path, said) = RestPath.Read(given, Home);

        Assert.Null(path);
        Assert.Contains(flaw, said, StringComparison.Ordinal);
    }
}
