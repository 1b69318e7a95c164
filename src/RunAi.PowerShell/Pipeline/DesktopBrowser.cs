using System.ComponentModel;
using System.Diagnostics;

namespace RunAi.PowerShell.Pipeline;

/// <summary>Opens pages in the browser of the desktop.</summary>
internal static class DesktopBrowser
{
    /// <summary>Opens a page.</summary>
    /// <param name="address">A URL or the full path of a file.</param>
    /// <param name="where">The beginning of a sentence that ends with the address, for machines without a browser.</param>
    /// <exception cref="RunAiException"><see cref="ErrorIds.MissingDependency"/>: there is none.</exception>
    public static void Open(string address, string where)
    {
        try
        {
            Process.Start(new ProcessStartInfo(address) { UseShellExecute = true })?.Dispose();
        }
        catch (Win32Exception e)
        {
            throw new RunAiException(ErrorIds.MissingDependency, $"No browser could be opened. {where} {address}", e);
        }
    }
}
