namespace RunAi;

/// <summary>
/// A named connection to one Run:ai project: where the control plane is, with which credentials, and what holds for every
/// step that runs there. It holds references to secrets, never their values.
/// </summary>
public sealed class StepOperator
{
    /// <summary>The name it is registered under: 1 to 63 of <c>A-Z a-z 0-9 . _ -</c>, a letter or digit first. Case is ignored.</summary>
    public string Name { get; set; } = "";

    /// <summary>
    /// The control plane's address, for example <c>https://org.run.ai</c>: no user info, query, fragment or trailing slash.
    /// </summary>
    public string RunAiBaseUrl { get; set; } = "";

    /// <summary>The project that steps run in, by name.</summary>
    public string ProjectName { get; set; } = "";

    /// <summary>The project's cluster, by name; null takes whichever cluster the project is on.</summary>
    public string? ClusterName { get; set; }

    /// <summary>
    /// Where the cluster serves its own API, from which logs are read (<c>/cluster-api</c>): a host or an http(s) address; null takes the
    /// domain that the control plane lists.
    /// </summary>
    public string? ClusterUrl { get; set; }

    /// <summary>
    /// The client id of a Run:ai service account or access key, or a reference such as <c>{{runai_secret.client_id}}</c>.
    /// </summary>
    public string ClientId { get; set; } = "";

    /// <summary>
    /// A reference to the client secret, such as <c>{{runai_secret.client_secret}}</c> or <c>{{env:NAME}}</c>; never the secret.
    /// </summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>The image pull secret of the project (<c>imagePullSecrets[].name</c>), a DNS label, or null for none.</summary>
    public string? ImagePullSecretName { get; set; }

    /// <summary>The longest time between two polls of a workload; more than zero, 30 seconds unless given.</summary>
    public TimeSpan MonitoringInterval { get; set; } = DefaultMonitoringInterval;

    /// <summary>The time from a workload's creation to its end, or null for no limit.</summary>
    public TimeSpan? WorkloadTimeout { get; set; }

    /// <summary>The time from a workload's creation to its first running, image pull included, or null for no limit.</summary>
    public TimeSpan? PendingTimeout { get; set; }

    /// <summary>The time a workload may run, time in the queue left aside, or null for no limit.</summary>
    public TimeSpan? RunTimeout { get; set; }

    /// <summary>The time from a step's first submission to its end, all attempts together, or null for no limit.</summary>
    public TimeSpan? Deadline { get; set; }

    /// <summary>True to delete a workload that failed or ran out of time; otherwise it is kept to be looked into.</summary>
    public bool DeleteOnFailure { get; set; }

    /// <summary>True to allow an <c>http</c> address other than loopback, over which the client secret travels readably.</summary>
    public bool AllowInsecureHttp { get; set; }

    /// <summary>Step settings that lie under each step's own, or null for none.</summary>
    public StepSettings? DefaultSettings { get; set; }

    internal static TimeSpan DefaultMonitoringInterval { get; } = TimeSpan.FromSeconds(30);

    /// <summary>The name, the address and the project.</summary>
    /// <returns>For example <c>gpu (https://org.run.ai, project vision)</c>.</returns>
    public override string ToString() => $"{Name} ({RunAiBaseUrl}, project {ProjectName})";
}
