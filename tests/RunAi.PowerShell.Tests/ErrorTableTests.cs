using System.Reflection;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

public class ErrorTableTests
{
    [Fact]
    public void Table_HasARowForEveryErrorId()
    {
        using var shell = new Shell();
        shell.Run("Get-RunAiEmulator").ThrowIfFailed();
        var module = AppDomain.CurrentDomain.GetAssemblies()
            .Single(a => a.GetName().Name == "RunAi.PowerShell" && !a.Location.Contains("Tests", StringComparison.Ordinal));
        var library = AppDomain.CurrentDomain.GetAssemblies().Single(a => a.GetName().Name == "RunAi");

        var ids = library.GetType("RunAi.ErrorIds", throwOnError: true)!
            .GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!);
        var rows = (IReadOnlyCollection<string>)module.GetType("RunAi.PowerShell.Errors.ErrorTable", throwOnError: true)!
            .GetProperty("KnownIds", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

        Assert.Equal(ids.Order(), rows.Order());
    }
}
