using RunAi.RunManifest;
using RunAi.StepRunner.Folders;
using RunAi.StepRunner.Reporting;
using RunAi.StepRunner.Store;

namespace RunAi.StepRunner.Inputs;

/// <summary>Fetches the inputs, unless an earlier start in the same home has.</summary>
internal sealed class InputFetcher(ObjectStore store, Home home)
{
    private const int AtATime = 3;

    /// <summary>What <c>{{inputs.NAME}}</c> stands for: the folder, or the file.</summary>
    public string PathOf(ManifestInput input) => IsFolder(input) ? FolderOf(input) : Path.Combine(FolderOf(input), input.FileName);

    /// <exception cref="RunnerException">One could not be fetched, or is not what its digest says.</exception>
    public async Task FetchAsync(IReadOnlyCollection<ManifestInput> inputs, CancellationToken ct)
    {
        await Parallel.ForEachAsync(
            inputs,
            new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = ct },
            async (input, token) => await FetchAsync(input, token));
    }

    private static bool IsFolder(ManifestInput input) => input.MediaType == ArtifactDescriptor.FolderMediaType;

    private string FolderOf(ManifestInput input) => Path.Combine(home.Inputs, input.Name);

    private async Task FetchAsync(ManifestInput input, CancellationToken ct)
    {
        var marker = Path.Combine(home.State, $"input-{input.Name}");
        try
        {
            if (Directory.Exists(FolderOf(input)) && File.Exists(marker) && await File.ReadAllTextAsync(marker, ct) == input.Digest)
            {
                return;
            }

            File.Delete(marker);
            await FetchAsync(input, Path.Combine(home.State, $"partial-{input.Name}"), ct);
            await File.WriteAllTextAsync(marker, input.Digest, ct);
        }
        catch (Exception e)
            when (e is StoreException or UnpackException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new RunnerException(ExitCodes.InputFailed, $"The input {input.Name} could not be fetched: {Reason.Of(e)}.");
        }
    }

    private async Task FetchAsync(ManifestInput input, string partial, CancellationToken ct)
    {
        FolderRemoval.Remove(partial);
        Directory.CreateDirectory(partial);
        try
        {
            await using var content = new PartsStream(store, input.Parts, ct);
            await WriteAsync(input, content, partial, ct);
            FolderRemoval.Remove(FolderOf(input));
            Directory.Move(partial, FolderOf(input));
        }
        finally
        {
            FolderRemoval.Remove(partial);
        }
    }

    private static async Task WriteAsync(ManifestInput input, PartsStream content, string partial, CancellationToken ct)
    {
        if (IsFolder(input))
        {
            await FolderStream.UnpackAsync(content, partial, input.Digest, ct);
            return;
        }

        await using (var file = new FileStream(
            Path.Combine(partial, input.FileName), FileMode.CreateNew, FileAccess.Write, FileShare.None, 0))
        {
            await content.CopyToAsync(file, 256 << 10, ct);
        }

        await content.CheckAsync(input.Digest, ct);
    }
}
