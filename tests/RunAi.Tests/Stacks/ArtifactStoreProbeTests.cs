using RunAi.Artifacts;
using RunAi.Stacks;

namespace RunAi.Tests.Stacks;

public sealed class ArtifactStoreProbeTests
{
    [Fact]
    public async Task Check_GoodStore_PassesAndLeavesNothing()
    {
        var store = new MemoryStore();

        Assert.Equal("Write True; Read True; Delete True", await CheckAsync(store));
        Assert.Empty(store.Objects);
    }

    [Theory]
    [InlineData("write", "Write False; Read False; Delete False")]
    [InlineData("read", "Write True; Read False; Delete False")]
    [InlineData("damage", "Write True; Read False; Delete False")]
    [InlineData("delete", "Write True; Read True; Delete False")]
    public async Task Check_StoreThatFails_TellsWhere(string fault, string expected)
    {
        var store = new MemoryStore { Fault = fault };

        Assert.Equal(expected, await CheckAsync(store));
        Assert.Equal(fault == "delete" ? 1 : 0, store.Objects.Count);
    }

    private static async Task<string> CheckAsync(MemoryStore store)
    {
        List<string> told = [];
        await ArtifactStoreProbe.CheckAsync(_ => Task.FromResult<IArtifactStore>(store), (check, passed, _) => told.Add($"{check} {passed}"), default);
        return string.Join("; ", told);
    }

    private sealed class MemoryStore : IArtifactStore
    {
        public Dictionary<string, byte[]> Objects { get; } = [];

        public string? Fault { get; init; }

        public string Uri => "mem://store";

        public Task WriteAsync(string key, byte[] content, CancellationToken ct)
        {
            FailIf("write");
            Objects[key] = content;
            return Task.CompletedTask;
        }

        public Task<byte[]?> ReadAsync(string key, long offset, int most, CancellationToken ct)
        {
            FailIf("read");
            return Task.FromResult<byte[]?>(Fault == "damage" ? [0] : Objects[key]);
        }

        public Task DeleteAsync(IReadOnlyCollection<string> keys, CancellationToken ct)
        {
            FailIf("delete");
            foreach (var key in keys)
            {
                Objects.Remove(key);
            }

            return Task.CompletedTask;
        }

        public Task<StoredObject?> FindAsync(string key, CancellationToken ct) => throw new NotSupportedException();

        public Task<IReadOnlyList<StoredObject>> ListAsync(string prefix, CancellationToken ct) => throw new NotSupportedException();

        public Task<bool> TryCreateAsync(string key, byte[] content, CancellationToken ct) => throw new NotSupportedException();

        public Task UploadAsync(string key, Stream content, Action<long> progress, CancellationToken ct) => throw new NotSupportedException();

        public Task DownloadAsync(string key, Stream destination, Action<long> progress, CancellationToken ct) => throw new NotSupportedException();

        public Task<IAddressSigner> SignerAsync(TimeSpan validity, CancellationToken ct) => throw new NotSupportedException();

        private void FailIf(string fault)
        {
            if (Fault == fault)
            {
                throw new ArtifactException(ErrorIds.ArtifactStoreDenied, fault + " is refused.");
            }
        }
    }
}
