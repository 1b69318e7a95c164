using RunAi.Artifacts;
using RunAi.Files;
using RunAi.Images;

namespace RunAi.Tests.Files;

public sealed class FullPathTests
{
    // NUL is the one character that no system takes; .NET Framework refuses < > | " too.
    private const string Impossible = "a\0b";

    [Fact]
    public void Of_PathWithNul_SaysWhatIsWrong()
    {
        var refused = Assert.Throws<RunAiException>(() => FullPath.Of(Impossible, ErrorIds.InvalidStack));

        Assert.Equal((ErrorIds.InvalidStack, Impossible), (refused.ErrorId, refused.Target));
        Assert.Contains("no path of this system", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_RelativePath_StartsFromTheFolder() =>
        Assert.Equal(Path.GetFullPath("/data/x/y"), FullPath.Of("/data", "x/./z/../y", ErrorIds.InvalidStack));

    [Fact]
    public void Artifact_OfAPathWithNul_IsRefused() =>
        Assert.Equal(
            ErrorIds.ArtifactFailed, Assert.Throws<RunAiException>(() => ArtifactSource.Of(Impossible, CancellationToken.None)).ErrorId);

    [Fact]
    public void Layout_OfAPathWithNul_IsRefused() =>
        Assert.Equal(ErrorIds.InvalidImageReference, Assert.Throws<RunAiException>(() => new LayoutRepository(Impossible)).ErrorId);
}
