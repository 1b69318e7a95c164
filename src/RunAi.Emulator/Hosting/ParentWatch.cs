using System.Diagnostics;

namespace RunAi.Emulator.Hosting;

/// <summary>Ends the emulator when the process that started it ends.</summary>
internal static class ParentWatch
{
    public static async Task FollowAsync(int processId, IHostApplicationLifetime lifetime)
    {
        try
        {
            using var parent = Process.GetProcessById(processId);
            await parent.WaitForExitAsync(lifetime.ApplicationStopping).ConfigureAwait(false);
        }
        catch (ArgumentException)
        {
            // It is gone already, which is what was waited for.
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return;
        }

        lifetime.StopApplication();
    }
}
