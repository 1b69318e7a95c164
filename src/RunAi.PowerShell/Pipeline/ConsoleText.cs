using System.Text;

namespace RunAi.PowerShell.Pipeline;

/// <summary>What the console can show.</summary>
internal static class ConsoleText
{
    /// <summary>True where it shows every character.</summary>
    public static bool ShowsUnicode => Console.OutputEncoding.CodePage == Encoding.UTF8.CodePage;
}
