namespace RunAi.PowerShell.Tests.Engine;

/// <summary>Where the checkout under test is.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find();

    public static string Manifest => Path.Combine(Root, "RunAi.psd1");

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RunAi.psd1")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("No RunAi.psd1 above " + AppContext.BaseDirectory);
    }
}
