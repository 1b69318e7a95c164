using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

[Collection(RegistrationCollection.Name)]
public sealed class ArtifactTests(EmulatedControlPlane plane) : IDisposable
{
    private readonly Workspace _workspace = new(plane, register: false);

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Store_RegisteredListedAndForgotten_IsKeptWithoutSecrets()
    {
        _workspace.Run("Register-RunAiArtifactStore blobs -Uri az://mlartifacts/steps/ -Credential '{{blob_key}}'").ThrowIfFailed();

        var output = _workspace.Run("Get-RunAiArtifactStore b*").TheOutput;
        Assert.Equal("az://mlartifacts/steps", output.Properties["Uri"].Value);
        Assert.Equal("{{blob_key}}", output.Properties["Credential"].Value);
        Assert.StartsWith(
            "RunAi.ArtifactStoreExists,",
            _workspace.Run("Register-RunAiArtifactStore BLOBS -Uri s3://other").TheError.FullyQualifiedErrorId, StringComparison.Ordinal);
        _workspace.Run("Get-RunAiArtifactStore | Unregister-RunAiArtifactStore").ThrowIfFailed();
        Assert.StartsWith(
            "RunAi.ArtifactStoreNotFound,", _workspace.Run("Get-RunAiArtifactStore blobs").TheError.FullyQualifiedErrorId,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Store_WithPlainSecret_IsRefusedWithoutEcho()
    {
        var error = _workspace.Run("Register-RunAiArtifactStore s -Uri s3://bucket -AccessKeyId me -Credential hunter2-plain").TheError;

        Assert.StartsWith("RunAi.InvalidArtifactStore,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error + error.Exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Artifacts_PublishedFoundAndSaved_AreTheSame()
    {
        Directory.CreateDirectory(Path.Combine(_workspace.Folder, "data"));
        File.WriteAllText(Path.Combine(_workspace.Folder, "data", "a.txt"), "hello");
        File.WriteAllText(Path.Combine(_workspace.Folder, "one.bin"), "1");
        _workspace.Run("Register-RunAiArtifactStore share -Uri \"file:$($args[0])/store\"", _workspace.Folder).ThrowIfFailed();

        Assert.Empty(_workspace.Run("Publish-RunAiArtifact \"$($args[0])/data\" -WhatIf", _workspace.Folder).ThrowIfFailed().Output);
        Assert.False(Directory.Exists(Path.Combine(_workspace.Folder, "store")));
        var folder = _workspace.Run("Publish-RunAiArtifact \"$($args[0])/data\" -Name train", _workspace.Folder).TheOutput;
        var saved = _workspace.Run(
            "Get-RunAiArtifact tr* | Save-RunAiArtifact -Destination \"$($args[0])/out\"", _workspace.Folder).TheOutput;
        var files = _workspace.Run(
            "Publish-RunAiArtifact \"$($args[0])/one.bin\" | Save-RunAiArtifact -Destination \"$($args[0])/files\"",
            _workspace.Folder).TheOutput;

        Assert.Equal("RunAi.Artifact", folder.TypeNames[0]);
        Assert.Equal("train", folder.Properties["Name"].Value);
        Assert.IsType<DirectoryInfo>(saved.BaseObject);
        Assert.Equal("hello", File.ReadAllText(Path.Combine(_workspace.Folder, "out", "a.txt")));
        Assert.Equal(Path.Combine(_workspace.Folder, "files", "one.bin"), Assert.IsType<FileInfo>(files.BaseObject).FullName);
        var again = _workspace.Run(
            "Get-RunAiArtifact train | Save-RunAiArtifact -Destination \"$($args[0])/out\"", _workspace.Folder).TheError;
        Assert.StartsWith("RunAi.ArtifactFailed,", again.FullyQualifiedErrorId, StringComparison.Ordinal);
        _workspace.Run(
            "Save-RunAiArtifact -Uri $args[1] -Destination \"$($args[0])/out\" -Force", _workspace.Folder,
            folder.Properties["Uri"].Value).ThrowIfFailed();
    }

    [Fact]
    public void Artifacts_OfNoStore_SayWhatToRegister()
    {
        Assert.StartsWith(
            "RunAi.ArtifactStoreNotFound,", _workspace.Run("Publish-RunAiArtifact /").TheError.FullyQualifiedErrorId,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "RunAi.ArtifactStoreNotFound,",
            _workspace.Run("Get-RunAiArtifact -Uri az://other/x/artifacts/1").TheError.FullyQualifiedErrorId, StringComparison.Ordinal);
    }
}
