using RunAi.Artifacts;
using RunAi.Json;
using RunAi.RunManifest;
using RunAi.Runs;
using RunAi.Steps;

namespace RunAi.Tests.Runs;

/// <summary>Makers of artifacts and images that record what they are asked for, over a store in memory.</summary>
internal sealed class FakeMeans : IStepContentProvider
{
    public const string Image = "registry.example/steps@sha256:1111111111111111111111111111111111111111111111111111111111111111";

    public MemoryStore Memory { get; init; } = new();

    public string StoreName => "blobs";

    public IArtifactStore Store => Memory;

    public string? SharedFolder { get; set; }

    public string ImageDestination => "registry.example/steps";

    public int Published { get; private set; }

    public int Built { get; private set; }

    public Task<Artifact> PublishAsync(StepInput input, CancellationToken ct)
    {
        Published++;
        return Task.FromResult(Add(input.Name, $"artifacts/{input.Name}"));
    }

    public Task<string> BuildImageAsync(Step step, CancellationToken ct)
    {
        Built++;
        return Task.FromResult(Image);
    }

    public Task<ArtifactDescriptor> MeasureAsync(StepInput input, CancellationToken ct) =>
        Task.FromResult(
            new ArtifactDescriptor { Name = input.Name, Digest = "sha256:" + new string('a', 64), Size = 5, FileName = "data.csv" });

    public Task<string?> ForeseeImageAsync(Step step, CancellationToken ct) => Task.FromResult(ForeseenImage);

    /// <summary>What is told of the image before it is built.</summary>
    public string? ForeseenImage { get; set; } = Image;

    /// <summary>Puts an artifact of two parts into the store.</summary>
    public Artifact Add(string name, string folder)
    {
        var descriptor = new ArtifactDescriptor
        {
            Name = name,
            Digest = "sha256:" + new string('a', 64),
            Size = 5,
            FileName = "data.csv",
            Parts = [new ArtifactPart { Key = "00000", Size = 3 }, new ArtifactPart { Key = "00001", Size = 2 }],
        };
        Memory.Objects[$"{folder}/artifact.json"] = System.Text.Encoding.UTF8.GetBytes(WireJson.Write(descriptor));
        return new Artifact { Name = name, Uri = $"{Memory.Uri}/{folder}", Digest = descriptor.Digest };
    }
}
