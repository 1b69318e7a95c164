namespace RunAi.Quickstart;

/// <summary>The folder with the module's manifest, and what lies in it.</summary>
internal sealed record Checkout(string Root)
{
    /// <summary>The module's manifest.</summary>
    public string Manifest => ManifestIn(Root);

    /// <summary>The script that the story shows.</summary>
    public string Story => Path.Combine(Root, "samples", "iris.ps1");

    /// <summary>Finds the nearest folder with the manifest, at or above the given ones.</summary>
    /// <exception cref="QuickstartException">There is none.</exception>
    public static Checkout Find(params string[] starts) =>
        starts.SelectMany(Upwards).FirstOrDefault(folder => File.Exists(ManifestIn(folder))) is { } root
            ? new Checkout(root)
            : throw new QuickstartException($"There is no RunAi.psd1 above {string.Join(" or ", starts)}. Run this inside the checkout.");

    private static string ManifestIn(string root) => Path.Combine(root, "RunAi.psd1");

    private static IEnumerable<string> Upwards(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            yield return folder.FullName;
        }
    }
}
