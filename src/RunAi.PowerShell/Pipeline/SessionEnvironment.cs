using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using RunAi.Artifacts;
using RunAi.Configuration;
using RunAi.ControlPlane;
using RunAi.Images;
using RunAi.Runs.Log;

namespace RunAi.PowerShell.Pipeline;

/// <summary>
/// What the commands of a runspace take from around them: environment variables, the clock, and the connections with their back-off.
/// The only place in this assembly that reads either; a runspace that was given nothing has the process's.
/// </summary>
internal sealed class SessionEnvironment : IDisposable
{
    private static readonly ConditionalWeakTable<Runspace, SessionEnvironment> Given = new();

    private readonly SessionCache? _sessions;
    private readonly RegistryTransport? _registries;

    /// <summary>An environment with connections of its own.</summary>
    /// <param name="variable">Reads an environment variable; asked at each use.</param>
    /// <param name="time">The clock.</param>
    /// <param name="retryDelay">The wait before a request to a control plane, registry or store is first repeated; it doubles.</param>
    public SessionEnvironment(Func<string, string?> variable, TimeProvider time, TimeSpan retryDelay)
        : this(variable, time)
    {
        _sessions = new SessionCache(new ControlPlaneTransport(new ControlPlaneOptions { RetryDelay = retryDelay }, time));
        _registries = new RegistryTransport(new RegistryOptions { RetryDelay = retryDelay }, time);
        Stores = new StoreOptions { RetryDelay = retryDelay };
    }

    private SessionEnvironment(Func<string, string?> variable, TimeProvider time) => (Variable, Time) = (variable, time);

    /// <summary>An environment for one runspace of the process.</summary>
    private SessionEnvironment(SessionEnvironment process)
        : this(process.Variable, process.Time) => ShowsProgress = process.ShowsProgress;

    /// <summary>The process's variables, the system's clock, and the connections that all runspaces share.</summary>
#pragma warning disable RS0030 // Everything else in this assembly gets them from here.
    public static SessionEnvironment OfProcess { get; } = new(Environment.GetEnvironmentVariable, TimeProvider.System)
    {
        ShowsProgress = () => !Console.IsOutputRedirected,
    };
#pragma warning restore RS0030

    /// <summary>The environment of the runspace that works on this thread: ask for it on the pipeline thread.</summary>
    public static SessionEnvironment Current =>
        Runspace.DefaultRunspace is { } runspace ? Given.GetValue(runspace, _ => new SessionEnvironment(OfProcess)) : OfProcess;

    /// <summary>Reads an environment variable; null for none.</summary>
    public Func<string, string?> Variable { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Whether this is the job of an agent of Azure Pipelines, which takes commands from what is printed.</summary>
    public bool IsUnderAzureDevOps => Variable(LogText.AzureDevOpsVariable) is not null;

    /// <summary>Whether the host draws progress bars, which it does not where its output is redirected.</summary>
    public Func<bool> ShowsProgress { get; init; } = () => true;

    /// <summary>How long a completion may ask.</summary>
    public TimeSpan CompletionPatience { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The sessions with control planes.</summary>
    public SessionCache Sessions => _sessions ?? SessionCache.Default;

    /// <summary>What carries requests to container registries.</summary>
    public RegistryTransport Registries => _registries ?? RegistryTransport.Default;

    /// <summary>How transfers to and from artifact stores are made.</summary>
    public StoreOptions Stores { get; } = StoreOptions.Default;

    /// <summary>What was registered for the runspace alone.</summary>
    public SessionConfiguration Configured { get; } = new();

    /// <summary>The user's configuration file, with what was registered for the runspace alone over it.</summary>
    public ConfigurationFile ConfigurationFile => ConfigurationFile.Of(Variable, Time, Configured);

    /// <summary>Gives a runspace an environment of its own, in place of any it was given before.</summary>
    public static void Give(Runspace runspace, SessionEnvironment environment)
    {
        Given.Remove(runspace);
        Given.Add(runspace, environment);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sessions?.Dispose();
        _registries?.Dispose();
    }
}
