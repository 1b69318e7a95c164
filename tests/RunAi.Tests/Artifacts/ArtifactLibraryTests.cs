using System.Security.Cryptography;
using System.Text;
using RunAi.Artifacts;
using RunAi.RunManifest;

namespace RunAi.Tests.Artifacts;

public sealed class ArtifactLibraryTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("runai-artifacts-").FullName;
    private IArtifactStore _store = null!;
    private ArtifactLibrary _library = null!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
    {
        _store = await OpenedStore.OpenAsync(new ArtifactStore { Name = "f", Uri = new Uri(PathOf("store")).AbsoluteUri });
        _library = new ArtifactLibrary(_store);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task File_PublishedAndSaved_IsTheSameUnderItsOwnName()
    {
        File.WriteAllText(PathOf("grüße 1.txt"), "hello");

        var artifact = await PublishAsync("grüße 1.txt", "greeting");
        var saved = await _library.SaveAsync(artifact, PathOf("out"), force: false, _ => { }, None);

        Assert.Equal("sha256:" + Convert.ToHexStringLower(SHA256.HashData("hello"u8)), artifact.Digest);
        Assert.Equal(
            ("greeting", 5L, "application/octet-stream", "grüße 1.txt"),
            (artifact.Name, artifact.Size, artifact.MediaType, artifact.FileName));
        Assert.Equal($"{_store.Uri}/artifacts/{artifact.Digest[7..]}", artifact.Uri);
        Assert.Equal(PathOf("out/grüße 1.txt"), saved);
        Assert.Equal("hello", File.ReadAllText(saved));
    }

    [Fact]
    public async Task Folder_PublishedAndSaved_KeepsLinksModesAndEmptyFolders()
    {
        MakeFolder();

        var artifact = await PublishAsync("data");
        await _library.SaveAsync(artifact, PathOf("out"), force: false, _ => { }, None);

        Assert.Equal(ArtifactDescriptor.FolderMediaType, artifact.MediaType);
        Assert.Equal("one", File.ReadAllText(PathOf("out/sub/a.txt")));
        Assert.True(Directory.Exists(PathOf("out/empty")));
        Assert.True(File.Exists(PathOf("out/.git/config")));
        if (!Edition.IsDesktop)
        {
            Assert.Equal("../run.sh", new FileInfo(PathOf("out/sub/link")).LinkTarget);
            Assert.Equal("sub", new FileInfo(PathOf("out/folder-link")).LinkTarget);
            Assert.True(File.GetUnixFileMode(PathOf("out/run.sh")).HasFlag(UnixFileMode.UserExecute));
            Assert.False(File.GetUnixFileMode(PathOf("out/sub/a.txt")).HasFlag(UnixFileMode.UserExecute));
        }

        Assert.Equal(artifact.Digest, (await PublishAsync("out")).Digest);
        Assert.DoesNotContain(Directory.GetFileSystemEntries(_folder), entry => entry.Contains(".runai-part", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SameContent_PublishedAgain_UploadsNothing()
    {
        MakeFolder();
        var log = new RecordingLog();
        var library = new ArtifactLibrary(new LoggedStore(_store, log, TimeProvider.System));
        var first = await library.PublishAsync(PathOf("data"), null, _ => { }, None);
        Assert.Contains(log.Lines, line => line.StartsWith("UPLOAD", StringComparison.Ordinal));
        log.Lines.Clear();

        var second = await library.PublishAsync(PathOf("data"), null, _ => { }, None);

        Assert.Equal((first.Uri, first.Digest), (second.Uri, second.Digest));
        Assert.StartsWith("FIND ", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ByPattern_GivesWhatWasPublished()
    {
        File.WriteAllText(PathOf("a.txt"), "1");
        File.WriteAllText(PathOf("b.txt"), "2");
        await PublishAsync("a.txt", "train-data");
        var test = await PublishAsync("b.txt", "test-data");

        Assert.Equal(["test-data", "train-data"], (await _library.ListAsync("*", None)).Select(artifact => artifact.Name));
        Assert.Equal(test.Uri, (await _library.ListAsync("TEST*", None)).Single().Uri);
        Assert.Equal(test.Digest, (await _library.GetAsync(test.Uri, None)).Digest);
        Assert.Equal(
            ErrorIds.ArtifactNotFound,
            (await Assert.ThrowsAsync<ArtifactException>(() => _library.GetAsync(_store.Uri + "/artifacts/none", None))).ErrorId);
        Assert.Equal(
            ErrorIds.ArtifactNotFound,
            (await Assert.ThrowsAsync<ArtifactException>(() => _library.GetAsync("az://elsewhere/x", None))).ErrorId);
    }

    [Fact]
    public async Task Save_OfDamagedBytes_LeavesNothing()
    {
        MakeFolder();
        var artifact = await PublishAsync("data");
        var content = PathOf($"store/artifacts/{artifact.Digest[7..]}/content.tar");
        var bytes = File.ReadAllBytes(content);
        bytes[Encoding.Latin1.GetString(bytes).IndexOf("one", StringComparison.Ordinal)] = (byte)'0';
        File.WriteAllBytes(content, bytes);

        var error = await Assert.ThrowsAsync<ArtifactException>(() => _library.SaveAsync(
            artifact, PathOf("out"), force: false, _ => { }, None));

        Assert.Equal(ErrorIds.ArtifactDamaged, error.ErrorId);
        Assert.False(Directory.Exists(PathOf("out")));
        Assert.DoesNotContain(Directory.GetFileSystemEntries(_folder), entry => entry.Contains(".runai-part", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Save_OverWhatIsThere_NeedsForceAndKeepsTheRest()
    {
        MakeFolder();
        var artifact = await PublishAsync("data");
        Directory.CreateDirectory(PathOf("out/sub"));
        File.WriteAllText(PathOf("out/sub/a.txt"), "old");
        File.WriteAllText(PathOf("out/mine.txt"), "mine");

        var error = await Assert.ThrowsAsync<ArtifactException>(() => _library.SaveAsync(
            artifact, PathOf("out"), force: false, _ => { }, None));
        Assert.Contains("-Force", error.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(PathOf("out/sub/a.txt")));
        await _library.SaveAsync(artifact, PathOf("out"), force: true, _ => { }, None);
        await _library.SaveAsync(artifact, PathOf("out"), force: true, _ => { }, None);

        Assert.Equal("one", File.ReadAllText(PathOf("out/sub/a.txt")));
        Assert.Equal("mine", File.ReadAllText(PathOf("out/mine.txt")));
    }

    [Fact]
    public async Task Save_WithForceOverALink_ReplacesTheLinkAndNotWhatItLeadsTo()
    {
        MakeFolder();
        var artifact = await PublishAsync("data");
        Directory.CreateDirectory(PathOf("elsewhere"));
        Directory.CreateDirectory(PathOf("out"));
        Directory.CreateSymbolicLink(PathOf("out/sub"), PathOf("elsewhere"));

        await _library.SaveAsync(artifact, PathOf("out"), force: true, _ => { }, None);

        Assert.Empty(Directory.GetFileSystemEntries(PathOf("elsewhere")));
        Assert.Null(new DirectoryInfo(PathOf("out/sub")).LinkTarget);
        Assert.Equal("one", File.ReadAllText(PathOf("out/sub/a.txt")));
    }

    [Fact]
    public async Task Save_OfAnOutputInParts_PutsThemTogether()
    {
        var whole = RandomNumberGenerator.GetBytes(3_000_000);
        await WriteArtifactAsync("runs/1/outputs/model", "model.bin", whole, 1_000_000, 1_500_000, 500_000);

        var artifact = await _library.GetAsync(_store.Uri + "/runs/1/outputs/model", None);
        var saved = await _library.SaveAsync(artifact, PathOf("out"), force: false, _ => { }, None);

        Assert.Equal(whole, File.ReadAllBytes(saved));
    }

    [Theory]
    [InlineData("../../evil")]
    [InlineData("..")]
    [InlineData("/etc/evil")]
    [InlineData("")]
    public async Task Save_UnderANameThatLeadsElsewhere_IsRefused(string name)
    {
        await WriteArtifactAsync("runs/1/outputs/model", name, [1, 2], 2);
        var artifact = await _library.GetAsync(_store.Uri + "/runs/1/outputs/model", None);

        var error = await Assert.ThrowsAsync<ArtifactException>(() => _library.SaveAsync(
            artifact, PathOf("a/b/out"), force: true, _ => { }, None));

        Assert.Equal(ErrorIds.ArtifactFailed, error.ErrorId);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("""{"version":9,"digest":"x","parts":[]}""", "newer")]
    [InlineData("""{"version":1,"digest":"x","parts":[]}""", "SHA-256")]
    [InlineData(
        """{"version":1,"digest":"sha256:0000000000000000000000000000000000000000000000000000000000000000","size":1,"parts":[{"key":"../x","size":1}]}""",
        "parts")]
    [InlineData(
        """{"version":1,"digest":"sha256:0000000000000000000000000000000000000000000000000000000000000000","size":2,"parts":[{"key":"x","size":1}]}""",
        "add up")]
    [InlineData("""[1]""", "form")]
    [InlineData("""{""", "form")]
    public async Task Descriptor_ThatCannotBe_IsDamage(string text, string expected)
    {
        await _store.WriteAsync("a/artifact.json", Encoding.UTF8.GetBytes(text), None);

        var error = await Assert.ThrowsAsync<ArtifactException>(() => _library.GetAsync(_store.Uri + "/a", None));

        Assert.Equal(ErrorIds.ArtifactDamaged, error.ErrorId);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("/etc/passwd")]
    [InlineData("../../outside")]
    public async Task Publish_OfALinkThatLeadsOut_IsRefused(string target)
    {
        Skip.If(Edition.IsDesktop, "Every link is refused there: FolderWithALink_OnDesktop_IsRefused.");
        MakeFolder();
        File.CreateSymbolicLink(PathOf("data/sub/bad"), target);

        var error = await Assert.ThrowsAsync<ArtifactException>(() => PublishAsync("data"));

        Assert.Equal(ErrorIds.ArtifactFailed, error.ErrorId);
        Assert.Contains("bad", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task FolderWithALink_OnDesktop_IsRefused()
    {
        Skip.IfNot(Edition.IsDesktop, "Links are kept on PowerShell 7.");
        MakeFolder();
        File.CreateSymbolicLink(PathOf("data/sub/link"), "a.txt");

        var error = await Assert.ThrowsAsync<ArtifactException>(() => PublishAsync("data"));

        Assert.Equal(ErrorIds.ArtifactFailed, error.ErrorId);
        Assert.Contains("is a symbolic link, which Windows PowerShell cannot read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_OfWhatIsNotThere_SaysSo() =>
        Assert.Equal(ErrorIds.ArtifactFailed, (await Assert.ThrowsAsync<ArtifactException>(() => PublishAsync("absent"))).ErrorId);

    [Fact]
    public async Task Publish_OfAFileNamedAsTheDescriptor_IsNotMistakenForIt()
    {
        File.WriteAllText(PathOf("artifact.json"), "{}");

        var artifact = await PublishAsync("artifact.json");

        Assert.Equal("{}", File.ReadAllText(await _library.SaveAsync(artifact, PathOf("out"), force: false, _ => { }, None)));
    }

    private async Task WriteArtifactAsync(string folder, string fileName, byte[] whole, params int[] sizes)
    {
        var at = 0;
        var parts = new List<ArtifactPart>();
        foreach (var size in sizes)
        {
            parts.Add(new ArtifactPart { Key = $"part-{parts.Count}", Size = size });
            await _store.WriteAsync($"{folder}/{parts[^1].Key}", whole.AsSpan(at, size).ToArray(), None);
            at += size;
        }

        var descriptor = new ArtifactDescriptor
        {
            Name = "model",
            FileName = fileName,
            Digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(whole)),
            Size = whole.Length,
            Parts = [.. parts],
        };
        await _store.WriteAsync($"{folder}/artifact.json", DescriptorJson.Write(descriptor), None);
    }

    private Task<Artifact> PublishAsync(string path, string? name = null) => _library.PublishAsync(PathOf(path), name, _ => { }, None);

    private void MakeFolder()
    {
        foreach (var folder in new[] { "data/sub", "data/empty", "data/.git" })
        {
            Directory.CreateDirectory(PathOf(folder));
        }

        File.WriteAllText(PathOf("data/sub/a.txt"), "one");
        File.WriteAllText(PathOf("data/.git/config"), "x");
        File.WriteAllText(PathOf("data/run.sh"), "#!/bin/sh\n");
        File.WriteAllText(PathOf($"data/{new string('n', 120)}é"), "long");
        File.SetUnixFileMode(PathOf("data/run.sh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (Edition.IsDesktop)
        {
            // Windows PowerShell neither reads nor makes links.
            return;
        }

        File.CreateSymbolicLink(PathOf("data/sub/link"), "../run.sh");
        File.CreateSymbolicLink(PathOf("data/folder-link"), "sub");
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private sealed class RecordingLog : IActivityLog
    {
        public List<string> Lines { get; } = [];

        public void Verbose(string message) => Lines.Add(message);

        public void Debug(string message)
        {
        }

        public void Warning(string message)
        {
        }
    }
}
