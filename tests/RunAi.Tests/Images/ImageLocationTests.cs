using RunAi.Images;

namespace RunAi.Tests.Images;

public class ImageLocationTests
{
    [Theory]
    [InlineData("python", "docker.io", "library/python", "latest")]
    [InlineData("python:3.12-slim", "docker.io", "library/python", "3.12-slim")]
    [InlineData("team/train", "docker.io", "team/train", "latest")]
    [InlineData("localhost/train", "localhost", "train", "latest")]
    [InlineData("localhost:5000/a/b:t", "localhost:5000", "a/b", "t")]
    [InlineData("Registry.Example.com/a/b", "registry.example.com", "a/b", "latest")]
    public void Parse_Name_HasItsParts(string text, string registry, string repository, string manifest)
    {
        var reference = ImageLocation.Parse(text).Reference!;

        Assert.Equal((registry, repository, manifest), (reference.Registry, reference.Repository, reference.ManifestName));
    }

    [Theory]
    [InlineData("oci:./images", "./images", null)]
    [InlineData("oci:/tmp/a:v1", "/tmp/a", "v1")]
    [InlineData(@"oci:C:\images", @"C:\images", null)]
    [InlineData(@"oci:C:\images:v1", @"C:\images", "v1")]
    public void Parse_Layout_HasItsFolder(string text, string folder, string? tag)
    {
        var location = ImageLocation.Parse(text);

        Assert.Equal((folder, tag), (location.Folder, location.Tag));
    }

    [Theory]
    [InlineData("oci:")]
    [InlineData("https://host/a")]
    [InlineData("UPPER/Case:x")]
    [InlineData("")]
    public void Parse_Wrong_IsRefused(string text) =>
        Assert.Equal(ErrorIds.InvalidImageReference, Assert.Throws<ImageBuildException>(() => ImageLocation.Parse(text)).ErrorId);
}
