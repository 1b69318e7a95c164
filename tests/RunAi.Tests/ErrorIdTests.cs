using System.Reflection;

namespace RunAi.Tests;

public class ErrorIdTests
{
    [Fact]
    public void EveryId_IsTheModulesPrefixAndItsOwnName()
    {
        var ids = typeof(ErrorIds).GetFields(BindingFlags.Public | BindingFlags.Static);

        Assert.NotEmpty(ids);
        Assert.All(ids, id => Assert.Equal("RunAi." + id.Name, id.GetRawConstantValue()));
    }
}
