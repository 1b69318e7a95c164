using System.Management.Automation;
using System.Reflection;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

/// <summary>The keys that the shell completes in hashtables are the settings that there are.</summary>
public sealed class InputKeysTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Keys_AreThoseOfTheClassesOfTheSettings()
    {
        _shell.Run("Get-RunAiEmulator").ThrowIfFailed();
        var commands = (CmdletInfo)_shell.Run("Get-Command New-RunAiStepSettings").TheOutput.BaseObject;
        var library = AppDomain.CurrentDomain.GetAssemblies().Single(assembly => assembly.GetName().Name == "RunAi");
        var inputs = commands.ImplementingType.Assembly.GetExportedTypes()
            .Where(type => type.Name.EndsWith("Input", StringComparison.Ordinal) && !type.IsAbstract && type.Name != "RetryInput").ToList();

        Assert.Equal(12, inputs.Count);
        Assert.All(inputs, input => Assert.Equal(Keys(library.GetType("RunAi." + input.Name[..^"Input".Length])!), Keys(input)));
    }

    [Fact]
    public void EachKeyOfARetry_IsTaken()
    {
        var result = _shell.Run("New-RunAiStep x -Image y -Retry @{ Preempted = 1; Infrastructure = 1; UserCode = 1; Backoff = 1; "
            + "MaxBackoff = 60; Window = 600 }");

        Assert.Equal("6", _shell.Run("$args[0].Retry.Count", result.TheOutput).TheOutput.ToString());
    }

    private static string[] Keys(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is { IsPrivate: false })
            .Select(property => property.Name).Order(StringComparer.Ordinal)];
}
