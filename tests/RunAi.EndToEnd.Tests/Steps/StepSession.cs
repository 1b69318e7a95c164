using System.Management.Automation;
using System.Management.Automation.Runspaces;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.EndToEnd.Tests.Steps;

/// <summary>
/// A user's session of the real engine with a stack. Its secrets are in environment variables, which belong to the process: one session
/// at a time.
/// </summary>
internal sealed class StepSession : IDisposable
{
    private static readonly string[] Variables =
        ["RUNAI_CONFIG", "RUNAI_STATE", "RUNAI_CACHE", "RUNAI_E2E_CLIENT", "RUNAI_E2E_STORE", "RUNAI_E2E_REGISTRY"];

    private readonly Shell _shell;

    private StepSession(string folder, Shell shell) => (Folder, _shell) = (folder, shell);

    /// <summary>A folder of its own, <c>$f</c> in scripts.</summary>
    public string Folder { get; }

    /// <param name="peers">What steps run on.</param>
    /// <param name="emulator">Their control plane.</param>
    /// <param name="store">Where their data lies.</param>
    /// <param name="secret">The store's secret; null for none.</param>
    /// <param name="repository">Where their images go; null for a folder.</param>
    public static StepSession Open(StepPeers peers, EmulatorClient emulator, ArtifactStore store, string? secret, string? repository = null)
    {
        var folder = Directory.CreateTempSubdirectory("runai-step-").FullName;
        string?[] values = [
            Path.Combine(folder, "runai.json"), Path.Combine(folder, "state"), Path.Combine(peers.Folder, "cache"),
            emulator.ClientSecret, secret, repository is null ? null : StepPeers.Login,
        ];
        foreach (var (name, value) in Variables.Zip(values))
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        var session = new StepSession(folder, new Shell());
        session.Run(
            """
            param($f, $base, $plane, $client, $store, $repository)
            $global:f, $global:base = $f, $base
            $null = Register-RunAiStepOperator gpu -RunAiBaseUrl $plane -ProjectName demo -ClientId $client -ClientSecret '{{env:RUNAI_E2E_CLIENT}}' -MonitoringInterval 1
            $with = @{ Uri = $store.Uri; Endpoint = $store.Endpoint }
            if ($env:RUNAI_E2E_STORE) { $with.Credential = '{{env:RUNAI_E2E_STORE}}' }
            $null = Register-RunAiArtifactStore data @with
            $login = @{}
            if ($env:RUNAI_E2E_REGISTRY) { $login.Credential = '{{env:RUNAI_E2E_REGISTRY}}' }
            $null = Register-RunAiContainerRegistry images -Uri $repository @login
            $null = Register-RunAiStack all -StepOperator gpu -ArtifactStore data -ContainerRegistry images -ImageBuilder Layer
            """,
            folder, peers.BaseImage, emulator.Uri.AbsoluteUri, emulator.ClientId, store, repository ?? $"oci:{folder}/images").ThrowIfFailed();
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
        foreach (var name in Variables)
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        Directory.Delete(Folder, recursive: true);
    }
}
