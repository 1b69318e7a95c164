using RunAi.Emulator.Execution.Images;

namespace RunAi.Emulator.Tests.Images;

public class ImageNameTests
{
    private const string Digest = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    [Theory]
    [InlineData("python", "docker.io", "library/python", "latest", false)]
    [InlineData("team/train:1.0", "docker.io", "team/train", "1.0", false)]
    [InlineData("127.0.0.1:5000/a/b:x", "127.0.0.1:5000", "a/b", "x", true)]
    [InlineData("localhost/a@" + Digest, "localhost", "a", Digest, true)]
    [InlineData("[::1]:5000/a", "[::1]:5000", "a", "latest", true)]
    [InlineData("127.0.0.1.example.com/a:b@" + Digest, "127.0.0.1.example.com", "a", Digest, false)]
    public void TryParse_OfARegistrysImage_NamesItsParts(string text, string registry, string repository, string reference, bool isLoopback)
    {
        Assert.True(ImageName.TryParse(text, out var name));

        Assert.Equal((registry, repository, reference, isLoopback), (name.Registry, name.Repository, name.Reference, name.IsLoopback));
        Assert.Null(name.Folder);
    }

    [Theory]
    [InlineData("oci:/images", "/images", null)]
    [InlineData("oci:/images:v1", "/images", "v1")]
    [InlineData("oci:/images@" + Digest, "/images", Digest)]
    [InlineData("oci:/my:images/x", "/my:images/x", null)]
    public void TryParse_OfALayout_NamesItsFolder(string text, string folder, string? reference)
    {
        Assert.True(ImageName.TryParse(text, out var name));

        Assert.Equal((folder, reference, false), (name.Folder, name.Reference, name.IsLoopback));
    }

    [Theory]
    [InlineData("")]
    [InlineData("oci:")]
    [InlineData("Not An Image")]
    [InlineData("https://registry.example.com/a")]
    [InlineData("a@sha256:short")]
    public void TryParse_OfAnythingElse_Refuses(string text) => Assert.False(ImageName.TryParse(text, out _));
}
