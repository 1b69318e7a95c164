using System.Text.Json;
using RunAi.RunManifest;
using RunAi.StepRunner.Folders;
using RunAi.StepRunner.Inputs;
using RunAi.StepRunner.Outputs;
using RunAi.StepRunner.Reporting;
using RunAi.StepRunner.Store;

namespace RunAi.StepRunner.Checkpoints;

/// <summary>
/// Keeps the checkpoint folder in the store, in two slots by turns: while one is written the other one is whole, and the head, written
/// last, names it.
/// </summary>
internal sealed class CheckpointStore(ObjectStore store, ManifestCheckpoint manifest, Home home)
{
    private CheckpointHead? _head;

    /// <summary>False for a replica that begins with the checkpoint and leaves it to the first one to save it.</summary>
    public bool IsKept => manifest.Head.Put is not null;

    /// <summary>Brings back the newest checkpoint; when it is damaged, the one before.</summary>
    /// <param name="warn">Told why an older checkpoint was taken, or none.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>Whether there is one now.</returns>
    /// <exception cref="StoreException">The store does not answer: whether there is a checkpoint is not known.</exception>
    public async Task<bool> RestoreAsync(Action<string> warn, CancellationToken ct)
    {
        var json = await store.TryReadAsync(manifest.Head.Get!, ct);
        _head = json is null ? null : Parse(json, warn);
        for (var head = _head; head is not null; head = head.Previous)
        {
            try
            {
                await RestoreAsync(head, ct);
                return true;
            }
            catch (Exception e) when (e is StoreException { Failure: not StoreFailure.Away } or UnpackException)
            {
                warn($"The checkpoint in slot {head.Slot} is not usable: {Reason.Of(e)}. "
                    + (head.Previous is null ? "The command starts without one." : "The one before it is taken."));
            }
        }

        return false;
    }

    /// <summary>Stores the folder as it is now.</summary>
    /// <param name="isCurrent">Asked before it counts: false when the folder changed meanwhile, so that what was stored may be
    /// torn.</param>
    /// <param name="warn">Told what is left out.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>Whether it counts.</returns>
    /// <exception cref="StoreException">It could not be stored.</exception>
    /// <exception cref="ContentException">A file could not be read, or changed meanwhile.</exception>
    public async Task<bool> SaveAsync(Func<bool> isCurrent, Action<string> warn, CancellationToken ct)
    {
        var slot = _head is null ? 0 : (_head.Slot + 1) % manifest.Slots.Length;
        string[] addresses = [.. manifest.Slots[slot].Parts.Select(p => p.Put!)];
        var plan = TarPlan.Of(home.Checkpoint, keepsForeignLinks: true);
        foreach (var leftOut in plan.LeftOut)
        {
            warn(leftOut);
        }

        var content = new FolderContent(plan);
        var (digest, sizes) = await PartWriter.WriteAsync(store, content, addresses, manifest.PartSize, ct);
        if (!isCurrent())
        {
            return false;
        }

        var previous = _head is null || _head.Slot == slot
            ? null
            : new CheckpointHead { Slot = _head.Slot, Digest = _head.Digest, PartSizes = _head.PartSizes };
        var head = new CheckpointHead { Slot = slot, Digest = digest, PartSizes = sizes, Previous = previous };
        await store.WriteAsync(manifest.Head.Put!, JsonSerializer.SerializeToUtf8Bytes(head, RunnerJson.Default.CheckpointHead), ct);
        _head = head;
        return true;
    }

    private CheckpointHead? Parse(byte[] json, Action<string> warn)
    {
        try
        {
            if (JsonSerializer.Deserialize(json, RunnerJson.Default.CheckpointHead) is { } head && IsUsable(head))
            {
                return head;
            }
        }
        catch (JsonException)
        {
            // Said below, as for one that is JSON and makes no sense.
        }

        warn("What names the newest checkpoint is damaged. The command starts without one.");
        return null;
    }

    private bool IsUsable(CheckpointHead head) =>
        head.Slot >= 0 && head.Slot < manifest.Slots.Length && head.PartSizes.Length <= manifest.Slots[head.Slot].Parts.Length
        && (head.Previous is null || IsUsable(head.Previous));

    private async Task RestoreAsync(CheckpointHead head, CancellationToken ct)
    {
        var parts = head.PartSizes.Select((size, i) => new ManifestPart { Get = manifest.Slots[head.Slot].Parts[i].Get!, Size = size });
        var partial = Path.Combine(home.State, "partial-checkpoint");
        FolderRemoval.Remove(partial);
        await using var content = new PartsStream(store, [.. parts], ct);
        await FolderStream.UnpackAsync(content, partial, head.Digest, ct);
        FolderRemoval.Remove(home.Checkpoint);
        Directory.Move(partial, home.Checkpoint);
    }
}
