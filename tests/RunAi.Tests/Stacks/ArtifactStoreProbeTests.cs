using RunAi.Artifacts;
using RunAi.Stacks;

namespace RunAi.Tests.Stacks;

public sealed class ArtifactStoreProbeTests
{
    [Fact]
    public async Task Check_GoodStore_PassesAndLeavesNothing()
    {
        var store = new MemoryStore();

        Assert.Equal("", await FailuresAsync(store));
        Assert.Empty(store.Objects);
    }

    [Theory]
    [InlineData("write", "Write Read List Condition Address Delete")]
    [InlineData("read", "Read List Condition Address")]
    [InlineData("damage", "Read List Condition Address")]
    [InlineData("list", "List")]
    [InlineData("condition", "Condition Address")]
    [InlineData("address", "Address")]
    [InlineData("endless", "Address")]
    [InlineData("delete", "Delete")]
    public async Task Check_StoreThatFails_SaysWhere(string fault, string expected)
    {
        var store = new MemoryStore { Fault = fault };

        Assert.Equal(expected, await FailuresAsync(store));
        Assert.Equal(fault == "delete" ? 1 : 0, store.Objects.Count);
    }

    private static async Task<string> FailuresAsync(MemoryStore store)
    {
        List<string> failed = [];
        var probe = new ArtifactStoreProbe(
            (address, _) => Task.FromResult(store.Fetch(address)),
            (check, passed, message) =>
            {
                Assert.NotEqual("", message);
                failed.AddRange(passed ? [] : [check]);
            },
            new JumpingTime());
        await probe.CheckAsync(_ => Task.FromResult<IArtifactStore>(store), default);
        return string.Join(" ", failed);
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

        public Task<IReadOnlyList<StoredObject>> ListAsync(string prefix, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<StoredObject>>(
                [.. Objects.Where(_ => Fault != "list").Select(stored => new StoredObject(stored.Key, stored.Value.Length, default))]);

        public Task<bool> TryCreateAsync(string key, byte[] content, CancellationToken ct)
        {
            if (Fault == "condition")
            {
                Objects[key] = content;
            }

            return Task.FromResult(Objects.TryAdd(key, content) || Fault == "condition");
        }

        public Task<IAddressSigner> SignerAsync(TimeSpan validity, CancellationToken ct) =>
            Task.FromResult<IAddressSigner>(new Signer(validity < TimeSpan.FromMinutes(1) && Fault != "endless" ? "ended" : "good"));

        /// <summary>What is at an address: nothing at one whose time is over.</summary>
        public byte[]? Fetch(Uri address) =>
            address.Query == "?ended" || Fault == "address"
                ? null
                : Objects.GetValueOrDefault(address.AbsolutePath.TrimStart('/')) ?? (Fault == "condition" ? [] : null);

        public Task<StoredObject?> FindAsync(string key, CancellationToken ct) => throw new NotSupportedException();

        public Task UploadAsync(string key, Stream content, Action<long> progress, CancellationToken ct) =>
            throw new NotSupportedException();

        public Task DownloadAsync(string key, Stream destination, Action<long> progress, CancellationToken ct) =>
            throw new NotSupportedException();

        private void FailIf(string fault)
        {
            if (Fault == fault)
            {
                throw new ArtifactException(ErrorIds.ArtifactStoreDenied, fault + " is refused.");
            }
        }

        private sealed class Signer(string query) : IAddressSigner
        {
            public DateTimeOffset? ExpiresAt => null;

            public bool EndsWithSession => false;

            public IReadOnlyDictionary<string, string> PutHeaders { get; } = new Dictionary<string, string>();

            public string Get(string key) => $"https://store.test/{key}?{query}";

            public string Put(string key) => throw new NotSupportedException();
        }
    }
}
