using RunAi.Artifacts;
using RunAi.RunManifest;
using RunAi.Specs;
using RunAi.Steps;

namespace RunAi.Runs;

/// <summary>Brings what a run needs to the artifact store and the registry.</summary>
internal sealed class RunPreparation
{
    private readonly IStepContentProvider _content;

    public RunPreparation(IStepContentProvider content) => _content = content;

    /// <summary>How the control plane will be asked to start the step, before image and manifest are stored.</summary>
    /// <param name="runId">The run's id.</param>
    /// <param name="image">The image, when it is stored already.</param>
    public RunnerLaunch Foresee(string runId, string? image = null) =>
        new(image ?? $"{_content.ImageDestination}@sha256:...", $"{_content.Store.Uri}/{RunKeys.Manifest(runId, 1)}")
        {
            SharedFolder = _content.SharedFolder,
        };

    /// <summary>What would be done, one line each.</summary>
    public IEnumerable<string> Describe(ParsedStep parsed)
    {
        var step = parsed.Step;
        yield return string.IsNullOrEmpty(step.Source)
            ? $"Put the step runner on {step.Base} and store the image in {_content.ImageDestination}, unless it is there"
            : $"Build an image of '{step.Source}' on {step.Base} and store it in {_content.ImageDestination}, unless it is there";
        foreach (var input in parsed.Inputs)
        {
            yield return input.Content is { } made
                ? $"Store {made.FileName} ({made.Bytes.Length} bytes) as input '{input.Name}' in {_content.Store.Uri}, unless it is there"
                : input.Artifact is { } artifact
                ? $"Take the artifact {artifact.Uri} as input '{input.Name}'"
                : $"Store '{input.Path}' as input '{input.Name}' in {_content.Store.Uri}, unless it is there";
        }
    }

    /// <summary>The violations of inputs that are artifacts of another store: a run reads from its own.</summary>
    public IEnumerable<Violation> ForeignInputs(ParsedStep parsed) =>
        parsed.Inputs
            .Where(input => input.Artifact is { } artifact && KeyOf(artifact) is null)
            .Select(input => new Violation($"Input.{input.Name}",
                $"is the artifact {input.Artifact!.Uri}, which is not in the step's artifact store {_content.Store.Uri}. "
                + "Save it with Save-RunAiArtifact and give the path."));

    /// <summary>What a run would be made of, with nothing stored; null when only building the image would tell.</summary>
    public async Task<RunContent?> MeasureAsync(ParsedStep parsed, CancellationToken ct)
    {
        if (await _content.ForeseeImageAsync(parsed.Step, ct).ConfigureAwait(false) is not { } image)
        {
            return null;
        }

        List<RunInput> inputs = [];
        foreach (var input in parsed.Inputs)
        {
            inputs.Add(input.Artifact is null
                ? new RunInput(input.Name, "", await _content.MeasureAsync(input, ct).ConfigureAwait(false))
                : await GatherAsync(input, ct).ConfigureAwait(false));
        }

        return new RunContent(image, inputs);
    }

    /// <summary>Stores the inputs and the image, all at once; what is there is not sent again.</summary>
    public async Task<RunContent> GatherAsync(ParsedStep parsed, CancellationToken ct)
    {
        var image = _content.BuildImageAsync(parsed.Step, ct);
        var inputs = parsed.Inputs.Select(input => GatherAsync(input, ct)).ToArray();
        await Task.WhenAll([image, .. inputs]).ConfigureAwait(false);
        return new RunContent(image.Result, [.. inputs.Select(input => input.Result)]);
    }

    private async Task<RunInput> GatherAsync(StepInput input, CancellationToken ct)
    {
        var artifact = input.Artifact ?? await _content.PublishAsync(input, ct).ConfigureAwait(false);
        var key = KeyOf(artifact)
            ?? throw new ArtifactException(
                ErrorIds.ArtifactFailed, $"The artifact {artifact.Uri} is not in the artifact store {_content.Store.Uri}.")
            {
                Target = artifact.Uri,
            };
        var descriptor = await StoredJson.ReadAsync<ArtifactDescriptor>(
            _content.Store, $"{key}/{ArtifactDescriptor.Key}", ct).ConfigureAwait(false)
            ?? throw new ArtifactException(
                ErrorIds.ArtifactNotFound,
                $"Input '{input.Name}': no artifact is at {artifact.Uri}. It was deleted, or never written to its end.")
            {
                Target = artifact.Uri,
            };
        return new RunInput(input.Name, key, descriptor);
    }

    private string? KeyOf(Artifact artifact) =>
        artifact.Uri.StartsWith(_content.Store.Uri + "/", StringComparison.Ordinal)
            ? artifact.Uri.Substring(_content.Store.Uri.Length + 1).TrimEnd('/')
            : null;
}
