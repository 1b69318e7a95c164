using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

public class EmulatorTests
{
    [Theory]
    [InlineData("Stop-RunAiEmulator $emulator")]
    [InlineData("Stop-RunAiEmulator $emulator.ProcessId")]
    [InlineData("Get-RunAiEmulator | ForEach-Object { if ($_.ProcessId -eq $emulator.ProcessId) { $_ } } | Stop-RunAiEmulator")]
    public void Stop_TakesTheObjectOrItsProcessId(string command)
    {
        using var shell = new Shell();
        shell.Run("$emulator = Start-RunAiEmulator").ThrowIfFailed();

        shell.Run(command).ThrowIfFailed();

        Assert.Empty(
            shell.Run("Get-RunAiEmulator | ForEach-Object { if ($_.ProcessId -eq $emulator.ProcessId) { $_ } }").ThrowIfFailed().Output);
        Assert.StartsWith(
            "RunAi.EmulatorFailed,", shell.Run("Stop-RunAiEmulator $emulator").TheError.FullyQualifiedErrorId, StringComparison.Ordinal);
    }
}
