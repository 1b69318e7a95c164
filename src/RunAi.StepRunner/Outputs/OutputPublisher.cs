using System.Text.Json;
using RunAi.RunManifest;
using RunAi.StepRunner.Folders;
using RunAi.StepRunner.Reporting;
using RunAi.StepRunner.Store;

namespace RunAi.StepRunner.Outputs;

/// <summary>Stores what the command wrote: each output's parts, then its descriptor.</summary>
internal sealed class OutputPublisher(ObjectStore store, Home home)
{
    private const int MostTold = 20;

    private readonly List<string> _warnings = [];

    /// <summary>What of the outputs is not in the store, each with the reason.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    public string PathOf(ManifestOutput output) => Path.Combine(home.Outputs, output.Name);

    public bool IsThere(ManifestOutput output) => Path.Exists(PathOf(output));

    /// <exception cref="RunnerException">The command did not write it, or it could not be stored.</exception>
    public async Task<ArtifactDescriptor> PublishAsync(ManifestOutput output, CancellationToken ct)
    {
        var path = PathOf(output);
        try
        {
            var folder = Directory.Exists(path);
            if (!folder && !File.Exists(path))
            {
                throw new RunnerException(ExitCodes.OutputFailed, $"The command did not write the output {output.Name} at {path}.");
            }

            IContent content = folder ? new FolderContent(PlanOf(path, output.Name)) : new FileContent(path);
            var (digest, sizes) = await PartWriter.WriteAsync(store, content, output.Parts, output.PartSize, ct);
            var descriptor = new ArtifactDescriptor
            {
                Name = output.Name,
                Digest = digest,
                Size = content.Length,
                MediaType = folder ? ArtifactDescriptor.FolderMediaType : ArtifactDescriptor.FileMediaType,
                FileName = output.Name,
                Parts = [.. sizes.Select((size, i) => new ArtifactPart { Key = output.PartKeys[i], Size = size })],
            };
            await store.WriteAsync(
                output.Descriptor.Put!, JsonSerializer.SerializeToUtf8Bytes(descriptor, RunnerJson.Default.ArtifactDescriptor), ct);
            return descriptor;
        }
        catch (Exception e) when (e is StoreException or ContentException or IOException or UnauthorizedAccessException)
        {
            throw new RunnerException(ExitCodes.OutputFailed, $"The output {output.Name} could not be published: {Reason.Of(e)}.");
        }
    }

    /// <summary>The plan of a folder. What has to be left out of it is told, and costs nothing of the rest.</summary>
    private TarPlan PlanOf(string path, string name)
    {
        var plan = TarPlan.Of(path);
        _warnings.AddRange(plan.LeftOut.Take(MostTold).Select(leftOut => $"Output {name}: {leftOut}"));
        if (plan.LeftOut.Count > MostTold)
        {
            _warnings.Add($"Output {name}: {plan.LeftOut.Count - MostTold} more are left out.");
        }

        return plan;
    }
}
