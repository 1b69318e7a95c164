namespace RunAi.Images;

/// <summary>The registries one command talks to, each met once so that its tokens serve the whole command.</summary>
internal sealed class RegistryHosts : IDisposable
{
    private readonly Dictionary<string, RegistryHost> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly RegistryTransport _transport;
    private readonly IRegistryCredentials _credentials;
    private readonly IActivityLog _log;

    public RegistryHosts(RegistryTransport transport, IRegistryCredentials credentials, IActivityLog log)
    {
        _transport = transport;
        _credentials = credentials;
        _log = log;
    }

    /// <summary>The place of an image, in a registry or a layout folder.</summary>
    public IImageRepository Open(ImageLocation location) =>
        location.Reference is { } reference
            ? new RegistryRepository(Host(reference.Registry), reference.Repository)
            : new LayoutRepository(location.Folder!);

    public void Dispose()
    {
        foreach (var host in _hosts.Values)
        {
            host.Dispose();
        }
    }

    private RegistryHost Host(string name)
    {
        if (!_hosts.TryGetValue(name, out var host))
        {
            host = new RegistryHost(name, _credentials.AllowsHttp(name), _transport, _credentials, _log);
            _hosts.Add(name, host);
        }

        return host;
    }
}
