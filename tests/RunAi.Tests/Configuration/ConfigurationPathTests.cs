using RunAi.Configuration;

namespace RunAi.Tests.Configuration;

public class ConfigurationPathTests
{
    [Fact]
    public void Resolve_VariableSet_IsThatFileInFull()
    {
        var path = ConfigurationPath.Resolve(name => name == "RUNAI_CONFIG" ? " some/where.json " : null);

        Assert.Equal(Path.GetFullPath("some/where.json"), path);
    }

    [SkippableTheory]
    [InlineData(null)]
    [InlineData("  ")]
    public void Resolve_VariableNotSet_IsInTheUsersConfigurationFolder(string? value)
    {
        Skip.IfNot(OperatingSystem.IsLinux());
        var folder = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");

        Assert.Equal(Path.Combine(folder, "RunAi", "runai.json"), ConfigurationPath.Resolve(_ => value));
    }
}
