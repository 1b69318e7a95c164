namespace RunAi.Artifacts;

/// <summary>Addresses in a shared folder are paths; who may use them is the file system's affair.</summary>
internal sealed class FileSigner : IAddressSigner
{
    private static readonly Dictionary<string, string> Headers = [];

    private readonly Func<string, string> _pathOf;

    public FileSigner(Func<string, string> pathOf) => _pathOf = pathOf;

    public DateTimeOffset? ExpiresAt => null;

    public bool EndsWithSession => false;

    public IReadOnlyDictionary<string, string> PutHeaders => Headers;

    public string Get(string key) => _pathOf(key);

    public string Put(string key) => _pathOf(key);
}
