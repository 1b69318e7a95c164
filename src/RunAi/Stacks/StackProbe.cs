using System.Text;
using RunAi.Artifacts;
using RunAi.Content;
using RunAi.Images;
using RunAi.Operators;

namespace RunAi.Stacks;

/// <summary>Tries each component of a stack for real. What one of them lacks does not keep the others from being tried.</summary>
internal sealed class StackProbe
{
    private const string Registered = "Registered";
    private const string Remote = "Remote";
    private const string Push = "Push";

    // The empty object of the OCI image specification: two bytes that belong to no image, which registries sweep up.
    private static readonly byte[] Nothing = Encoding.ASCII.GetBytes("{}");

    private readonly ResolvedStack _stack;
    private readonly Func<StepOperator, CancellationToken, Task<StepOperatorConnection>> _connect;
    private readonly Func<ArtifactStore, CancellationToken, Task<IArtifactStore>> _openStore;
    private readonly RegistryHosts _hosts;
    private readonly TimeProvider _time;
    private readonly List<StackCheck> _checks = [];

    /// <param name="stack">The stack.</param>
    /// <param name="connect">Connects its step operator.</param>
    /// <param name="openStore">Opens its artifact store.</param>
    /// <param name="hosts">Opens its container registry.</param>
    /// <param name="time">The clock.</param>
    public StackProbe(
        ResolvedStack stack,
        Func<StepOperator, CancellationToken, Task<StepOperatorConnection>> connect,
        Func<ArtifactStore, CancellationToken, Task<IArtifactStore>> openStore,
        RegistryHosts hosts,
        TimeProvider time)
    {
        _time = time;
        _stack = stack;
        _connect = connect;
        _openStore = openStore;
        _hosts = hosts;
    }

    /// <summary>All checks, in the order of a stack's components; a component that the stack does without has none.</summary>
    public async Task<IReadOnlyList<StackCheck>> CheckAsync(CancellationToken ct)
    {
        await TryAsync(StackSlot.StepOperator, Registered, () => OperatorAsync(ct)).ConfigureAwait(false);
        await TryAsync(StackSlot.ArtifactStore, Registered, () => StoreAsync(ct)).ConfigureAwait(false);
        await TryAsync(StackSlot.ContainerRegistry, Registered, () => RegistryAsync(ct)).ConfigureAwait(false);
        await TryAsync(StackSlot.ImageBuilder, Registered, BuilderAsync).ConfigureAwait(false);
        return _checks;
    }

    private async Task OperatorAsync(CancellationToken ct)
    {
        var stepOperator = _stack.StepOperator;
        foreach (var check in await StepOperatorProbe.CheckAsync(
            stepOperator, token => _connect(stepOperator, token), ct).ConfigureAwait(false))
        {
            Add(StackSlot.StepOperator, check.Check, check.Passed, check.Message);
        }
    }

    private async Task StoreAsync(CancellationToken ct)
    {
        if (_stack.ArtifactStore is not { } store)
        {
            return;
        }

        Reach(StackSlot.ArtifactStore, store.Uri, StackRequirements.StoreFault);
        using var fetch = new AddressFetch();
        await new ArtifactStoreProbe(
            fetch.GetAsync, (check, passed, message) => Add(StackSlot.ArtifactStore, check, passed, message), _time)
            .CheckAsync(token => _openStore(store, token), ct).ConfigureAwait(false);
    }

    private async Task RegistryAsync(CancellationToken ct)
    {
        if (_stack.ContainerRegistry is not { } registry)
        {
            return;
        }

        Reach(StackSlot.ContainerRegistry, registry.Uri, StackRequirements.RegistryFault);
        await TryAsync(StackSlot.ContainerRegistry, Push, async () =>
        {
            await PushAsync(_hosts.Open(ImageLocation.Parse(registry.Uri)), ct).ConfigureAwait(false);
            Add(StackSlot.ContainerRegistry, Push, true, $"{registry.Uri} takes images");
        }).ConfigureAwait(false);
    }

    private Task BuilderAsync()
    {
        if (_stack.ImageBuilder is { } imageBuilder)
        {
            var fault = StackRequirements.BuilderFault(_stack);
            Add(StackSlot.ImageBuilder, "Flavor", fault is null, fault
                ?? $"{imageBuilder.Flavor} builds for {imageBuilder.Platform ?? "linux/amd64"}");
        }

        return Task.CompletedTask;
    }

    private static async Task PushAsync(IImageRepository repository, CancellationToken ct)
    {
        using var blob = new BlobFile(
            BlobFile.NewTemporary(), new BlobDescriptor("application/vnd.oci.empty.v1+json", Digest.Of(Nothing), Nothing.Length),
            temporary: true);
        try
        {
            File.WriteAllBytes(blob.Location, Nothing);
            await repository.PutBlobAsync(blob, ct).ConfigureAwait(false);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new ImageBuildException(ErrorIds.ImageBuildFailed, $"{repository.Name} cannot be written: {refused.Message}", refused);
        }
    }

    /// <summary>Whether the cluster can reach the place. An operator that is broken has its own lines, and leaves this one open.</summary>
    private void Reach(StackSlot slot, string place, Func<ResolvedStack, bool, string?> fault)
    {
        try
        {
            var isLocal = StackRequirements.IsLocal(_stack.StepOperator);
            var found = fault(_stack, isLocal);
            Add(slot, Remote, found is null, found
                ?? (isLocal ? $"{place} is in the emulator's reach" : $"{place} is no place of this machine"));
        }
        catch (RunAiException)
        {
            Add(slot, Remote, false, "not checked, for want of a step operator");
        }
    }

    private async Task TryAsync(StackSlot slot, string check, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (RunAiException e)
        {
            Add(slot, check, false, e.Message);
        }
    }

    private void Add(StackSlot slot, string check, bool passed, string message) =>
        _checks.Add(new StackCheck(_stack.Stack.Name, slot.Name, check, passed, message));
}
