using System.Management.Automation;
using RunAi.Emulators;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Loading;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Starts a local control plane that speaks the Run:ai API, to develop and test pipelines offline.</para>
/// <para type="description">
/// The emulator listens on the loopback interface only and ends with the shell that started it. Its answer holds what
/// Register-RunAiStepOperator needs. It needs the .NET 10 runtime.
/// </para>
/// </summary>
/// <example>
/// <para>Start an emulator with the default organisation</para>
/// <code>$emulator = Start-RunAiEmulator</code>
/// <para>The emulator comes back with its address, client id and client secret; $emulator.Uri is the base URL.</para>
/// </example>
/// <example>
/// <para>Simulate workloads on a cluster of your own</para>
/// <code>Start-RunAiEmulator -Executor simulate -Seed ./cluster.json -Port 8080</code>
/// <para>The emulator comes back. It listens on port 8080, has the cluster of the file, and runs no process.</para>
/// </example>
/// <example>
/// <para>Run workloads as containers</para>
/// <code>Start-RunAiEmulator -Executor container -Engine unix:///run/podman/podman.sock</code>
/// <para>The emulator comes back. Each workload runs in a container of the engine behind the socket.</para>
/// </example>
/// <example>
/// <para>Play an older control plane</para>
/// <code>Start-RunAiEmulator -ApiVersion 2.20</code>
/// <para>The emulator comes back. It answers as Run:ai 2.20 does.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "RunAiEmulator", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(RunAiEmulator))]
public sealed class StartEmulatorCommand : RunAiCommand
{
    /// <summary><para type="description">The TCP port to listen on; 0, the default, takes a free one.</para></summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    [InvariantNumber(Whole = true)]
    public int Port { get; set; }

    /// <summary>
    /// <para type="description">How workloads are run: process (the default) really runs the command as a child process, container runs
    /// the true image in a Docker-compatible engine, simulate goes through the phases by a timetable.</para>
    /// </summary>
    [Parameter]
    [ValidateSet("process", "container", "simulate")]
    public string? Executor { get; set; }

    /// <summary>
    /// <para type="description">Where the container engine listens, such as unix:///run/podman/podman.sock; DOCKER_HOST or the system's
    /// usual place when absent. With -Executor container.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Engine { get; set; }

    /// <summary>
    /// <para type="description">The version of Run:ai to play, 2.20 to 2.26 or 3.0; that of the OpenAPI document, 2.24, when absent.</para>
    /// </summary>
    [Parameter]
    [ValidatePattern(@"\A(2\.2[0-6]|3\.0)\z")]
    public string? ApiVersion { get; set; }

    /// <summary><para type="description">A JSON file with projects, quotas, node pools and nodes; see docs/emulator.md.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Seed { get; set; }

    /// <summary><para type="description">A file to keep the state in, so that it survives a restart.</para></summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? State { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var options = new EmulatorOptions
        {
            Assembly = ModuleFolder.EmulatorAssembly,
            DotnetHost = Session.Variable(EmulatorOptions.DotnetHostVariable),
            Port = Port,
            Executor = Executor,
            Engine = Engine,
            ApiVersion = ApiVersion,
            Seed = Seed is null ? null : GetUnresolvedProviderPathFromPSPath(Seed),
            State = State is null ? null : GetUnresolvedProviderPathFromPSPath(State),
        };
        if (ShouldProcess("127.0.0.1", "Start the emulator"))
        {
            WriteObject(Await((_, token) => EmulatorRegistry.Default.StartAsync(options, token)));
        }
    }
}
