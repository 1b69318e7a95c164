using RunAi.Files;

namespace RunAi.Tests;

public sealed class LinkPlatformTests
{
    [Theory]
    [InlineData(0xA000000C, true)] // Symbolic link.
    [InlineData(0xA0000003, true)] // Junction.
    [InlineData(0x9000601A, false)] // A file of OneDrive that is kept locally.
    [InlineData(0x80000013, false)] // Data deduplication.
    [InlineData(0x8000001B, false)] // An app execution alias.
    public void IsLinkTag_TellsLinksFromOtherReparsePoints(uint tag, bool isLink) => Assert.Equal(isLink, LinkPlatform.IsLinkTag(tag));

    [Fact]
    public void IsLink_OfWhatIsNotThere_IsFalse() =>
        Assert.False(LinkPlatform.IsLink(new FileInfo(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N")))));
}
