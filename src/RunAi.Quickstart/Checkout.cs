namespace RunAi.Quickstart;

/// <summary>Finds the checkout: the nearest folder with the module's manifest, above the program or the current folder.</summary>
internal static class Checkout
{
    private const string Manifest = "RunAi.psd1";

    /// <summary>The checkout's root, or nothing when no folder above any of the given ones holds the manifest.</summary>
    public static string? Find(params IEnumerable<string> starts) =>
        starts.SelectMany(Upwards).FirstOrDefault(folder => File.Exists(ManifestIn(folder)));

    public static string ManifestIn(string root) => Path.Combine(root, Manifest);

    private static IEnumerable<string> Upwards(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            yield return folder.FullName;
        }
    }
}
