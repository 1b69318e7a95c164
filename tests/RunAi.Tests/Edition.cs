namespace RunAi.Tests;

/// <summary>Which edition of the library is under test.</summary>
internal static class Edition
{
    /// <summary>True for the one for Windows PowerShell 5.1.</summary>
    public static bool IsDesktop =>
#if NETFRAMEWORK
        true;
#else
        false;
#endif
}
