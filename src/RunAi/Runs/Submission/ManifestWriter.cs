using RunAi.Artifacts;
using RunAi.Specs;

namespace RunAi.Runs;

/// <summary>Writes the manifest that the step runner of an attempt reads, with addresses that are signed for it.</summary>
internal sealed class ManifestWriter
{
    private readonly IArtifactStore _store;

    public ManifestWriter(IArtifactStore store, string? sharedFolder)
    {
        _store = store;
        SharedFolder = sharedFolder;
    }

    /// <summary>The store's folder when it is one, which containers see at the same path; null for a store behind URLs.</summary>
    public string? SharedFolder { get; }

    /// <summary>The folder of a store that is one; null for a store behind URLs.</summary>
    public static string? FolderOf(IArtifactStore store) => new Uri(store.Uri) is { IsFile: true } shared ? shared.LocalPath : null;

    /// <summary>Signs the addresses and writes the manifest.</summary>
    /// <param name="plan">The attempt.</param>
    /// <param name="content">What the run is made of.</param>
    /// <param name="firstSubmittedAt">When the run's first attempt was accepted; null when this is the first.</param>
    /// <param name="now">The time, by the control plane's clock.</param>
    /// <param name="ct">Ends the work.</param>
    /// <returns>How the control plane is to start the step.</returns>
    public async Task<RunnerLaunch> WriteAsync(
        StepPlan plan, RunContent content, DateTimeOffset? firstSubmittedAt, DateTimeOffset now, CancellationToken ct)
    {
        var deadline = ManifestBuilder.Earlier(now + plan.WorkloadTimeout, (firstSubmittedAt ?? now) + plan.Deadline);
        var signer = await _store.SignerAsync(ManifestBuilder.Validity(deadline - now), ct).ConfigureAwait(false);
        var manifest = ManifestBuilder.Build(plan, content, signer, deadline);
        var key = RunKeys.Manifest(plan.RunId, plan.Attempt);
        await _store.WriteAsync(key, StoredJson.Bytes(manifest), ct).ConfigureAwait(false);
        return new RunnerLaunch(content.Image, signer.Get(key)) { SharedFolder = SharedFolder };
    }
}
