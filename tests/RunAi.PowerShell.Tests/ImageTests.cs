using System.Security.Cryptography;
using System.Text;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

[Collection(RegistrationCollection.Name)]
public sealed class ImageTests(EmulatedControlPlane plane) : IDisposable
{
    private readonly Workspace _workspace = new(plane, register: false);

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Registry_RegisteredListedAndForgotten_IsKeptWithoutSecrets()
    {
        _workspace.Run(
            "Register-RunAiContainerRegistry acr -Uri https://myorg.azurecr.io/steps/ -Credential '{{acr_push}}'").ThrowIfFailed();

        var output = _workspace.Run("Get-RunAiContainerRegistry a*").TheOutput;
        Assert.Equal("myorg.azurecr.io/steps", output.Properties["Uri"].Value);
        Assert.Equal("{{acr_push}}", output.Properties["Credential"].Value);
        Assert.StartsWith(
            "RunAi.ContainerRegistryExists,",
            _workspace.Run("Register-RunAiContainerRegistry ACR -Uri other.io/x").TheError.FullyQualifiedErrorId,
            StringComparison.Ordinal);
        _workspace.Run("Get-RunAiContainerRegistry | Unregister-RunAiContainerRegistry").ThrowIfFailed();
        Assert.StartsWith(
            "RunAi.ContainerRegistryNotFound,", _workspace.Run("Get-RunAiContainerRegistry acr").TheError.FullyQualifiedErrorId,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Registry_WithPlainSecret_IsRefusedWithoutEcho()
    {
        var error = _workspace.Run("Register-RunAiContainerRegistry acr -Uri a.io/b -UserName me -Credential hunter2-plain").TheError;

        Assert.StartsWith("RunAi.InvalidContainerRegistry,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error + error.Exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Builder_Flavors_AreLayerDockerAndNone()
    {
        var layer = _workspace.Run("Register-RunAiImageBuilder l -Flavor layer -Platform linux/arm64").TheOutput;
        var docker = _workspace.Run(
            "Register-RunAiImageBuilder d -Flavor docker -Target runtime -BuildArgument @{ VERSION = '3' }").TheOutput;
        var wrong = _workspace.Run("Register-RunAiImageBuilder w -Flavor Layer -Dockerfile Dockerfile").TheError;

        Assert.Equal("Layer", layer.Properties["Flavor"].Value);
        Assert.Equal("runtime", docker.Properties["Target"].Value);
        Assert.StartsWith("RunAi.InvalidImageBuilder,", wrong.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Dockerfile", wrong.ToString(), StringComparison.Ordinal);
        _workspace.Run("Unregister-RunAiImageBuilder d").ThrowIfFailed();
        Assert.Equal("linux/arm64", _workspace.Run("Get-RunAiImageBuilder").TheOutput.Properties["Platform"].Value);
        _workspace.Run("Unregister-RunAiImageBuilder l").ThrowIfFailed();
        Assert.Empty(_workspace.Run("Get-RunAiImageBuilder").Output);
    }

    [Fact]
    public void Publish_ToALayout_BuildsOnceAndUploadsNothingTheSecondTime()
    {
        WriteBase();
        _workspace.Run("Register-RunAiContainerRegistry out -Uri \"oci:$($args[0])/out\"", _workspace.Folder).ThrowIfFailed();
        const string Publish = "Publish-RunAiStepImage \"$($args[0])/src\" -BaseImage \"oci:$($args[0])/base\" -ContainerRegistry out "
            + "-WorkingDir /app -Tag v1";

        Assert.Empty(_workspace.Run(Publish + " -WhatIf", _workspace.Folder).ThrowIfFailed().Output);
        Assert.False(Directory.Exists(Path.Combine(_workspace.Folder, "out")));
        var first = _workspace.Run(Publish, _workspace.Folder).TheOutput;
        var second = _workspace.Run(Publish, _workspace.Folder).TheOutput;

        Assert.Equal("RunAi.StepImage", first.TypeNames[0]);
        Assert.Equal($"oci:{_workspace.Folder}/out@{first.Properties["Digest"].Value}", first.Properties["Reference"].Value);
        Assert.True((long)first.Properties["Uploaded"].Value > 0);
        Assert.Equal(first.Properties["Digest"].Value, second.Properties["Digest"].Value);
        Assert.Equal(0L, second.Properties["Uploaded"].Value);
    }

    [Fact]
    public void Publish_FromARegistryThatIsNotThere_SaysSo()
    {
        Directory.CreateDirectory(Path.Combine(_workspace.Folder, "src"));

        var error = _workspace.Run(
            "Publish-RunAiStepImage \"$($args[0])/src\" -BaseImage 'a b' -Destination oci:x", _workspace.Folder).TheError;

        Assert.StartsWith("RunAi.InvalidImageReference,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("python:3.12-slim", error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A base image without layers, written by hand.</summary>
    private void WriteBase()
    {
        Directory.CreateDirectory(Path.Combine(_workspace.Folder, "src"));
        File.WriteAllText(Path.Combine(_workspace.Folder, "src", "train.py"), "print(1)");
        var config = Blob("""{"os":"linux","architecture":"amd64","rootfs":{"type":"layers","diff_ids":[]}}""");
        var manifest = Blob(
            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"layers\":[],\"config\":" + config + "}");
        File.WriteAllText(Path.Combine(_workspace.Folder, "base", "index.json"), "{\"schemaVersion\":2,\"manifests\":[" + manifest + "]}");
    }

    private string Blob(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var hex = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var folder = Directory.CreateDirectory(Path.Combine(_workspace.Folder, "base", "blobs", "sha256")).FullName;
        File.WriteAllBytes(Path.Combine(folder, hex), bytes);
        return $"{{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\"sha256:{hex}\",\"size\":{bytes.Length}}}";
    }
}
