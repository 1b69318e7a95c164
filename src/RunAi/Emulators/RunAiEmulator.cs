using System.Security;

namespace RunAi;

/// <summary>A running emulator: a local control plane that this process started and that ends with it.</summary>
public sealed class RunAiEmulator
{
    internal RunAiEmulator(string uri, string clientId, SecureString clientSecret, string projectName, int processId)
    {
        Uri = uri;
        ClientId = clientId;
        ClientSecret = clientSecret;
        ProjectName = projectName;
        ProcessId = processId;
    }

    /// <summary>The base URL of its API, on the loopback interface.</summary>
    public string Uri { get; }

    /// <summary>The client id it accepts.</summary>
    public string ClientId { get; }

    /// <summary>The client secret it accepts, a fresh one at each start unless its seed file gives one.</summary>
    public SecureString ClientSecret { get; }

    /// <summary>The project its seed offers first.</summary>
    public string ProjectName { get; }

    /// <summary>The id of its process.</summary>
    public int ProcessId { get; }

    /// <summary>The emulator's URL.</summary>
    /// <returns><see cref="Uri"/>.</returns>
    public override string ToString() => Uri;
}
