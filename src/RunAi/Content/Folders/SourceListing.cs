using System.Globalization;

namespace RunAi.Content;

/// <summary>What of a source folder is packed, and what is not.</summary>
/// <param name="Entries">The entries in the order of their names' bytes, so that each folder comes before what it holds.</param>
/// <param name="LeftOut">What ignore files leave out; of a folder that is left out whole, the folder alone.</param>
internal sealed record SourceListing(IReadOnlyList<SourceEntry> Entries, IReadOnlyList<LeftOutEntry> LeftOut)
{
    private const int MostLines = 10;

    /// <summary>
    /// A sentence for a folder of which nothing or nearly nothing is packed, with the line that leaves out most; else null.
    /// </summary>
    public string? Warning
    {
        get
        {
            // Ignore files and the like are no code.
            var files = Files.Count(entry => Path.GetFileName(entry.Name)[0] != '.');
            if (LeftOut.Count == 0 || files > LeftOut.Count / 10)
            {
                return null;
            }

            var most = LeftOut.GroupBy(entry => entry.By).OrderByDescending(group => group.Count()).First();
            return $"{(files == 0 ? "No file" : files == 1 ? "Only one file" : $"Only {files} files")} of the folder would be "
                + $"packed: {most.Key} leaves out {most.Count()} of its entries. {Hint(most.Key)}";
        }
    }

    private IEnumerable<SourceEntry> Files => Entries.Where(entry => entry.Kind is not SourceKind.Folder);

    /// <summary>Tells what is packed and left out, and warns of a folder of which nearly nothing is packed.</summary>
    public void Report(string folder, IActivityLog log)
    {
        if (Warning is { } warning)
        {
            log.Warning($"'{folder}': {warning}");
        }

        foreach (var line in Lines())
        {
            log.Verbose(line);
        }
    }

    /// <summary>The files with their sizes, the largest ones first, and what is left out and why.</summary>
    public IEnumerable<string> Lines()
    {
        var files = Files.ToList();
        yield return $"{files.Count} files of {Size(files.Sum(entry => entry.Size))} are "
            + $"packed{(files.Count > MostLines ? "; the largest:" : ":")}";
        foreach (var file in files.OrderByDescending(entry => entry.Size).ThenBy(entry => entry.Name, StringComparer.Ordinal)
            .Take(MostLines))
        {
            yield return $"  {Size(file.Size),10}  {file.Name}";
        }

        if (LeftOut.Count == 0)
        {
            yield break;
        }

        yield return $"{LeftOut.Count} entries are left out{(LeftOut.Count > MostLines ? "; the first:" : ":")}";
        foreach (var entry in LeftOut.Take(MostLines))
        {
            yield return $"  {entry.Name}  ({entry.By})";
        }
    }

    private static string Hint(IgnoreLine most) => most.File.EndsWith(".dockerignore", StringComparison.Ordinal)
        ? "Patterns of .dockerignore are paths from the folder's root; write what is not code for a step into .runaiignore, which "
            + "goes before it."
        : "Write what is not code for a step into .runaiignore, which goes before the other ignore files.";

    private static string Size(long bytes) => bytes switch
    {
        < 1 << 10 => FormattableString.Invariant($"{bytes} B"),
        < 1 << 20 => (bytes / 1024d).ToString("0.0", CultureInfo.InvariantCulture) + " KiB",
        _ => (bytes / 1048576d).ToString("0.0", CultureInfo.InvariantCulture) + " MiB",
    };
}
