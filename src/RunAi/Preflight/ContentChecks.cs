using RunAi.Artifacts;
using RunAi.Images;
using RunAi.Runs;
using RunAi.Stacks;

namespace RunAi.Preflight;

/// <summary>What the step is made of: its image in its registry, and the store of its data.</summary>
internal sealed class ContentChecks
{
    /// <summary>How long a registry may take: it is the cluster that has to reach it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Step _step;
    private readonly ResolvedStack _stack;
    private readonly PreflightServices _services;
    private readonly CheckList _list;
    private readonly StepSettings _settings;

    /// <param name="step">The step.</param>
    /// <param name="settings">Its settings, merged over the operator's.</param>
    /// <param name="stack">What it runs with.</param>
    /// <param name="services">Opens store and registry.</param>
    /// <param name="list">Gets the checks.</param>
    public ContentChecks(Step step, StepSettings settings, ResolvedStack stack, PreflightServices services, CheckList list)
    {
        _settings = settings;
        _step = step;
        _stack = stack;
        _services = services;
        _list = list;
    }

    public async Task RunAsync(CancellationToken ct)
    {
        await ImageAsync(ct).ConfigureAwait(false);
        if (_step.NeedsRunner && _stack.ArtifactStore is { } store)
        {
            await _list.TryAsync("ArtifactStore", async () =>
            {
                // Looking for what is not there shows that the place answers and lets the credential in, and changes nothing.
                var open = await _services.OpenStore(store, ct).ConfigureAwait(false);
                await open.FindAsync("runai-preflight", ct).ConfigureAwait(false);
                var asked = ManifestBuilder.Validity(
                    _settings.WorkloadTimeout ?? _stack.StepOperator.WorkloadTimeout, _settings.Deadline ?? _stack.StepOperator.Deadline);
                var signer = await open.SignerAsync(asked, ct).ConfigureAwait(false);
                if (AddressLife.Shortfall(signer, asked, _services.Time.GetUtcNow()) is { } risk)
                {
                    _list.Add("ArtifactStore", StepCheckStatus.Warning, $"{store.Uri} answers. {risk}");
                }
                else
                {
                    _list.Pass("ArtifactStore", $"{store.Uri} answers");
                }
            }).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The image as this machine sees it. The cluster pulls with its own credentials and network, so only for an image that this machine
    /// itself has to read is it a failure when it does not see it.
    /// </summary>
    private async Task ImageAsync(CancellationToken ct)
    {
        var (name, field) = (
            _step.NeedsRunner ? _step.Base : _step.Image,
            !_step.NeedsRunner || string.IsNullOrEmpty(_step.BaseImage) ? nameof(Step.Image) : nameof(Step.BaseImage));
        if (string.IsNullOrEmpty(name))
        {
            _list.Skip("Image", "The step names none.");
            return;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            var location = ImageLocation.Parse(name!);
            if (location.IsScratch)
            {
                _list.Pass("Image", "scratch is the empty image");
                return;
            }

            var manifest = await _services.Hosts.Open(location).GetManifestAsync(
                location.Digest ?? location.Tag, patience.Token).ConfigureAwait(false);
            _list.Pass("Image", $"{name} is {manifest.Digest.Substring(0, 19)}...");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            _list.Add(
                "Image", StepCheckStatus.Warning, $"{name} was not seen within {Patience.TotalSeconds} seconds", field,
                remedy: _step.NeedsRunner
                    ? "Check the network and the proxy: this machine has to read it."
                    : "The cluster may see it all the same.");
        }
        catch (ImageBuildException e) when (_step.NeedsRunner)
        {
            _list.Add("Image", StepCheckStatus.Failed, e.Message, field);
        }
        catch (ImageBuildException e)
        {
            _list.Add("Image", StepCheckStatus.Warning, e.Message, field, remedy: "The cluster may see it all the same.");
        }
    }
}
