using RunAi.Artifacts;

namespace RunAi.Tests.Artifacts;

public sealed class StoreAddressTests
{
    [Theory]
    [InlineData("az://account1/steps", null, "az://account1/steps", "https://account1.blob.core.windows.net/steps", "account1", "")]
    [InlineData(
        "az://account1/steps/a/b/", null, "az://account1/steps/a/b", "https://account1.blob.core.windows.net/steps", "account1", "a/b/")]
    [InlineData(
        "AZ://account1/steps", "https://account1.blob.core.chinacloudapi.cn", "az://account1/steps",
        "https://account1.blob.core.chinacloudapi.cn/steps", "account1", "")]
    [InlineData(
        "az://account1/steps/p", "http://127.0.0.1:10000/account1/", "az://account1/steps/p", "http://127.0.0.1:10000/account1/steps",
        "account1", "p/")]
    [InlineData(
        "az+http://127.0.0.1:10000/devstoreaccount1/steps/p", null, "az+http://127.0.0.1:10000/devstoreaccount1/steps/p",
        "http://127.0.0.1:10000/devstoreaccount1/steps", "devstoreaccount1", "p/")]
    [InlineData(
        "az+http://localhost:10000/devstoreaccount1/steps", null, "az+http://localhost:10000/devstoreaccount1/steps",
        "http://localhost:10000/devstoreaccount1/steps", "devstoreaccount1", "")]
    [InlineData(
        "https://account1.blob.core.windows.net/steps/p", null, "az+https://account1.blob.core.windows.net/steps/p",
        "https://account1.blob.core.windows.net/steps", "account1", "p/")]
    public void Azure_Forms_AreRead(string uri, string? endpoint, string canonical, string container, string account, string prefix)
    {
        var address = StoreAddress.Read(uri, endpoint, out var problem);

        Assert.Null(problem);
        Assert.Equal((StoreKind.Azure, canonical, account, prefix), (address!.Kind, address.Uri, address.Account, address.KeyPrefix));
        Assert.Equal(container, address.ContainerUrl.AbsoluteUri);
    }

    [Theory]
    [InlineData("s3://bucket", null, "bucket", "", null)]
    [InlineData("s3://bucket/a/b/", "https://minio.example.org:9000", "bucket", "a/b/", "https://minio.example.org:9000/")]
    public void S3_Forms_AreRead(string uri, string? endpoint, string bucket, string prefix, string? service)
    {
        var address = StoreAddress.Read(uri, endpoint, out _)!;

        Assert.Equal(
            (StoreKind.S3, bucket, prefix, service), (address.Kind, address.Container, address.KeyPrefix, address.Service?.AbsoluteUri));
    }

    [Theory]
    [InlineData("file:///mnt/share/steps/", "/mnt/share/steps", "file:///mnt/share/steps")]
    [InlineData("file:/mnt/share", "/mnt/share", "file:///mnt/share")]
    [InlineData("file:///mnt/my%20share", "/mnt/my share", "file:///mnt/my%20share")]
    public void File_Forms_AreRead(string uri, string folder, string canonical)
    {
        var address = StoreAddress.Read(uri, null, out _)!;

        Assert.Equal((StoreKind.File, folder, canonical), (address.Kind, address.Folder, address.Uri));
    }

    [Theory]
    [InlineData("az://account1", null, "container")]
    [InlineData("az://UPPER/steps", null, "account")]
    [InlineData("az://account1/no_underscore", null, "container")]
    [InlineData("az://account1/steps/../x", null, "prefix")]
    [InlineData("az://account1/steps?sv=2024&sig=hunter2", null, "-Credential")]
    [InlineData("https://account1.blob.core.windows.net/steps?sig=hunter2", null, "-Credential")]
    [InlineData("https://me:hunter2@account1.blob.core.windows.net/steps", null, "-Credential")]
    [InlineData("s3://", null, "bucket")]
    [InlineData("s3://b", null, "bucket")]
    [InlineData("s3://bucket", "ftp://x", "endpoint")]
    [InlineData("s3://bucket", "https://me:hunter2@x", "endpoint")]
    [InlineData("file:///x", "https://x", "endpoint")]
    [InlineData("file:///", null, "folder")]
    [InlineData("gs://bucket", null, "az://")]
    [InlineData("steps", null, "az://")]
    [InlineData("az+https://account1.blob.core.windows.net", null, "container")]
    public void Wrong_Forms_AreRefusedWithTheReason(string uri, string? endpoint, string expected)
    {
        Assert.Null(StoreAddress.Read(uri, endpoint, out var problem));
        Assert.Contains(expected, problem, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("hunter2", problem, StringComparison.Ordinal);
    }
}
