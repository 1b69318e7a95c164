using System.Reflection;
using RunAi.Editions;

namespace RunAi.Tests;

/// <summary>What the two editions made of the same samples, and of each other's artifacts.</summary>
public sealed class EditionPair : IAsyncLifetime
{
    private static readonly string Program =
        typeof(EditionPair).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "Editions").Value!;

    private readonly TemporaryFolder _core = new();
    private readonly TemporaryFolder _desktop = new();

    /// <summary>Made by the edition for PowerShell 7; its artifacts were saved by this one.</summary>
    internal EditionOutput Core => new(_core.Location);

    /// <summary>Made by this edition; its artifacts were saved by the one for PowerShell 7.</summary>
    internal EditionOutput Desktop => new(_desktop.Location);

    public async Task InitializeAsync()
    {
        Run("write", _core.Location);
        await Desktop.WriteAsync();
        await Core.SaveAsync();
        Run("save", _desktop.Location);
    }

    public Task DisposeAsync()
    {
        _core.Dispose();
        _desktop.Dispose();
        return Task.CompletedTask;
    }

    private static void Run(string what, string folder)
    {
        using var process = System.Diagnostics.Process.Start(ProgramStart.Of("dotnet", Program, what, folder))!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{what} ended with {process.ExitCode}: {output}");
    }
}
