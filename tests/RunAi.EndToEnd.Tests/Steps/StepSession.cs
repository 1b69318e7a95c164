using System.Management.Automation;
using System.Management.Automation.Runspaces;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.EndToEnd.Tests.Steps;

/// <summary>A user's session of the real engine with a stack, and an environment of its own with its secrets.</summary>
internal sealed class StepSession : IDisposable
{
    private readonly Surroundings _surroundings = new();
    private readonly Shell _shell = new();

    private StepSession(string folder, string clientSecret, string? storeSecret)
    {
        (Folder, ClientSecret, StoreSecret) = (folder, clientSecret, storeSecret);
        _surroundings.GiveTo(_shell.Runspace);
        _surroundings.Set("RUNAI_E2E_CLIENT", clientSecret);
        _surroundings.Set("RUNAI_E2E_STORE", storeSecret);
    }

    /// <summary>A folder of its own, <c>$f</c> in scripts.</summary>
    public string Folder { get; }

    /// <summary>The operator's secret.</summary>
    public string ClientSecret { get; }

    /// <summary>The store's secret; null for none.</summary>
    public string? StoreSecret { get; }

    /// <param name="peers">What steps run on.</param>
    /// <param name="emulator">Their control plane.</param>
    /// <param name="store">Where their data lies.</param>
    /// <param name="secret">The store's secret; null for none.</param>
    /// <param name="repository">Where their images go; null for a folder.</param>
    public static StepSession Open(StepPeers peers, EmulatorClient emulator, ArtifactStore store, string? secret, string? repository = null)
    {
        var folder = Directory.CreateTempSubdirectory("runai-step-").FullName;
        var session = new StepSession(folder, emulator.ClientSecret, secret);
        session._surroundings.Set("RUNAI_CONFIG", Path.Combine(folder, "runai.json"));
        session._surroundings.Set("RUNAI_STATE", Path.Combine(folder, "state"));
        session._surroundings.Set("RUNAI_CACHE", Path.Combine(peers.Folder, "cache"));
        session._surroundings.Set("RUNAI_E2E_REGISTRY", StepPeers.Login);
        session.Run(
            """
            param($f, $base, $plane, $client, $store, $hasSecret, $repository, $hasLogin)
            $global:f, $global:base = $f, $base
            $null = Register-RunAiStepOperator gpu -RunAiBaseUrl $plane -ProjectName demo -ClientId $client -ClientSecret '{{env:RUNAI_E2E_CLIENT}}' -MonitoringInterval 1
            $with = @{ Uri = $store.Uri; Endpoint = $store.Endpoint }
            if ($hasSecret) { $with.Credential = '{{env:RUNAI_E2E_STORE}}' }
            $null = Register-RunAiArtifactStore data @with
            $login = @{}
            if ($hasLogin) { $login.Credential = '{{env:RUNAI_E2E_REGISTRY}}' }
            $null = Register-RunAiContainerRegistry images -Uri $repository @login
            $null = Register-RunAiStack all -StepOperator gpu -ArtifactStore data -ContainerRegistry images -ImageBuilder Layer
            """,
            folder,
            peers.BaseImage,
            emulator.Uri.AbsoluteUri,
            emulator.ClientId,
            store,
            secret is not null,
            repository ?? $"oci:{folder}/images",
            repository is not null).ThrowIfFailed();
        return session;
    }

    public ShellResult Run(string script, params object?[] arguments) => _shell.Run(script, arguments);

    /// <summary>Runs a script while the test does something else.</summary>
    public Task<ShellResult> RunAside(string script, params object?[] arguments) => Task.Run(() => Run(script, arguments));

    /// <summary>Writes a file of the session's folder.</summary>
    public void Write(string path, string text)
    {
        var full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    /// <summary>A property of an object that a command gave.</summary>
    public static T Get<T>(PSObject from, string property) => LanguagePrimitives.ConvertTo<T>(from.Properties[property].Value);

    public void Dispose()
    {
        // A test that failed may have left a script running, which ends with the session.
        if (_shell.Runspace.RunspaceAvailability == RunspaceAvailability.Available)
        {
            Run("Disconnect-RunAi");
        }

        _shell.Dispose();
        _surroundings.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
