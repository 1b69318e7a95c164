namespace RunAi.Editions;

/// <summary>The folder in which an edition leaves what it made.</summary>
/// <param name="folder">Its path.</param>
internal sealed class EditionOutput(string folder)
{
    public string Store => Path.Combine(folder, "store");

    public IReadOnlyList<string> Steps => File.ReadAllLines(Path.Combine(folder, "steps.txt"));

    public IReadOnlyList<string> Json => File.ReadAllLines(Path.Combine(folder, "json.txt"));

    public IReadOnlyList<string> Folders => File.ReadAllLines(Path.Combine(folder, "folders.txt"));

    public IReadOnlyList<string> Saved => File.ReadAllLines(Path.Combine(folder, "saved.txt"));

    /// <summary>Writes what this edition makes of the samples.</summary>
    public async Task WriteAsync()
    {
        Write("steps.txt", StepSamples.Lines());
        Write("json.txt", JsonSamples.Lines());
        var trees = Path.Combine(folder, "trees");
        FolderSamples.Make(trees);
        Directory.CreateDirectory(Store);
        Write("folders.txt", await FolderSamples.PublishAsync(trees, Store).ConfigureAwait(false));
    }

    /// <summary>Saves the artifacts that the other edition published.</summary>
    public async Task SaveAsync() =>
        Write("saved.txt", await FolderSamples.SaveAsync(Store, Path.Combine(folder, "saved")).ConfigureAwait(false));

    private void Write(string name, IReadOnlyList<string> lines) =>
        File.WriteAllText(Path.Combine(folder, name), string.Join("\n", lines) + "\n");
}
