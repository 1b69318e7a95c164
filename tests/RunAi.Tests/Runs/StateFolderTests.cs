using RunAi.Runs;

namespace RunAi.Tests.Runs;

public sealed class StateFolderTests
{
    [Fact]
    public void Resolve_Variable_IsTheFolder() =>
        Assert.Equal(Path.GetFullPath("here/state"), StateFolder.Resolve(name => name == "RUNAI_STATE" ? " here/state " : null));

    [Fact]
    public void Resolve_Nothing_IsTheUsersOwn()
    {
        var own = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        Assert.Equal(own.Length == 0 ? null : Path.Combine(own, "RunAi", "state"), StateFolder.Resolve(_ => null));
    }
}
