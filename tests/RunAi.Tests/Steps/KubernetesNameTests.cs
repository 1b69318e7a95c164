using RunAi.Steps;

namespace RunAi.Tests.Steps;

public sealed class KubernetesNameTests
{
    private static readonly string Long = new('a', 64);

    [Theory]
    [InlineData("team", true)]
    [InlineData("example.com/team", true)]
    [InlineData("Team_1.x", true)]
    [InlineData("", false)]
    [InlineData("-team", false)]
    [InlineData("team-", false)]
    [InlineData("/team", false)]
    [InlineData("a/b/c", false)]
    [InlineData("Example.com/team", false)]
    [InlineData("team\n", false)]
    public void IsQualifiedName_Text_FollowsKubernetes(string text, bool expected) =>
        Assert.Equal(expected, KubernetesName.IsQualifiedName(text));

    [Fact]
    public void IsQualifiedName_64Characters_IsMoreThanTheApiTakes()
    {
        Assert.True(KubernetesName.IsQualifiedName(Long[1..]));
        Assert.False(KubernetesName.IsQualifiedName(Long));
        Assert.False(KubernetesName.IsQualifiedName("example.com/" + Long[..60]));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("a", true)]
    [InlineData("v1.2_x-y", true)]
    [InlineData("a b", false)]
    [InlineData("a.", false)]
    public void IsLabelValue_Text_FollowsKubernetes(string text, bool expected) =>
        Assert.Equal(expected, KubernetesName.IsLabelValue(text));

    [Fact]
    public void RunLabels_Names_AreValid()
    {
        Assert.True(KubernetesName.IsQualifiedName(RunLabels.RunId));
        Assert.True(KubernetesName.IsQualifiedName(RunLabels.Version));
        Assert.True(KubernetesName.IsLabelValue(RunLabels.LibraryVersion));
        Assert.Matches(@"^\d+\.\d+\.\d+$", RunLabels.LibraryVersion);
    }
}
