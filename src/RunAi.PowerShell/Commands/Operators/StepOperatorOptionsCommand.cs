using System.Collections;
using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Secrets;
using RunAi.Secrets;

namespace RunAi.PowerShell.Commands;

/// <summary>The options of a step operator, shared by the commands that register and change one.</summary>
public abstract class StepOperatorOptionsCommand : RunAiCommand
{
    private (string Name, GivenSecret Secret)? _secret;

    /// <summary><para type="description">The name of the step operator.</para></summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(StepOperatorNameCompleter))]
    public string Name { get; set; } = "";

    /// <summary>
    /// <para type="description">The client id of a Run:ai service account or access key, or a reference to it such as
    /// {{runai_secret.client_id}} or {{env:RUNAI_CLIENT_ID}}.</para>
    /// </summary>
    [Parameter]
    [Alias("client_id")]
    public string? ClientId { get; set; }

    /// <summary>
    /// <para type="description">A reference to the client secret, such as {{runai_secret.client_secret}} or
    /// {{env:RUNAI_CLIENT_SECRET}}, or a SecureString, which is stored in the vault. Plain text is refused. {{cli:runai}} is the token of
    /// the user who is signed in with the Run:ai CLI, and needs no client id.</para>
    /// </summary>
    [Parameter]
    [Alias("client_secret")]
    public object? ClientSecret { get; set; }

    /// <summary><para type="description">Client id and secret together; the secret is stored in the vault.</para></summary>
    [Parameter]
    public PSCredential? Credential { get; set; }

    /// <summary>
    /// <para type="description">URL, project, client id and secret as the hashtable of a connection of Azure Automation of the type RunAi:
    /// (Get-AutomationConnection RunAi). Other parameters go before its fields.</para>
    /// </summary>
    [Parameter]
    public IDictionary? Connection { get; set; }

    /// <summary>
    /// <para type="description">The vault that a SecureString or credential is stored in; the default vault otherwise.</para>
    /// </summary>
    [Parameter]
    public string? Vault { get; set; }

    /// <summary><para type="description">The control plane's URL, for example https://org.run.ai.</para></summary>
    [Parameter]
    [Alias("runai_base_url")]
    public string? RunAiBaseUrl { get; set; }

    /// <summary><para type="description">The name of the project that steps run in.</para></summary>
    [Parameter]
    [Alias("project_name")]
    [ArgumentCompleter(typeof(ProjectNameCompleter))]
    public string? ProjectName { get; set; }

    /// <summary><para type="description">The name of the cluster; the project's cluster when it is left out.</para></summary>
    [Parameter]
    [Alias("cluster_name")]
    [ArgumentCompleter(typeof(ClusterNameCompleter))]
    public string? ClusterName { get; set; }

    /// <summary>
    /// <para type="description">Where the cluster serves its own API, from which logs are read: a host or an address such as
    /// https://gpu.example.org; the cluster's domain, as the control plane lists it, when it is left out.</para>
    /// </summary>
    [Parameter]
    [Alias("cluster_url")]
    public string? ClusterUrl { get; set; }

    /// <summary><para type="description">The name of the Kubernetes secret that pulls images from a private registry.</para></summary>
    [Parameter]
    [Alias("image_pull_secret_name")]
    public string? ImagePullSecretName { get; set; }

    /// <summary>
    /// <para type="description">The longest time between two polls of a workload, in seconds, as text such as 90s, 24h or 1d12h, or as a
    /// TimeSpan; 30 seconds by default.</para>
    /// </summary>
    [Parameter]
    [Seconds]
    [Alias("monitoring_interval")]
    public TimeSpan? MonitoringInterval { get; set; }

    /// <summary>
    /// <para type="description">How long a workload may take from its creation to its end, in seconds, as text such as 90s, 24h or 1d12h,
    /// or as a TimeSpan; no limit by default.</para>
    /// </summary>
    [Parameter]
    [Seconds]
    [Alias("workload_timeout")]
    public TimeSpan? WorkloadTimeout { get; set; }

    /// <summary>
    /// <para type="description">How long a workload may take from its creation until it runs, in seconds, as text such as 90s, 24h or
    /// 1d12h, or as a TimeSpan; no limit by default.</para>
    /// </summary>
    [Parameter]
    [Seconds]
    [Alias("pending_timeout")]
    public TimeSpan? PendingTimeout { get; set; }

    /// <summary>
    /// <para type="description">How long a workload may run, time in the queue left aside, in seconds, as text such as 90s, 24h or 1d12h,
    /// or as a TimeSpan; no limit by default.</para>
    /// </summary>
    [Parameter]
    [Seconds]
    [Alias("run_timeout")]
    public TimeSpan? RunTimeout { get; set; }

    /// <summary>
    /// <para type="description">How long a step may take from its first submission to its end, all attempts together, in seconds, as text
    /// such as 90s, 24h or 1d12h, or as a TimeSpan; no limit by default.</para>
    /// </summary>
    [Parameter]
    [Seconds]
    public TimeSpan? Deadline { get; set; }

    /// <summary>
    /// <para type="description">Deletes a workload that failed or ran out of time; otherwise it is kept for a look at it.</para>
    /// </summary>
    [Parameter]
    [Alias("delete_on_failure")]
    public SwitchParameter DeleteOnFailure { get; set; }

    /// <summary>
    /// <para type="description">Allows an http URL that is not on the loopback interface; credentials then travel in clear.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter AllowInsecureHttp { get; set; }

    /// <summary>
    /// <para type="description">Step settings merged under each step's own: an object of New-RunAiStepSettings or a hashtable.</para>
    /// </summary>
    [Parameter]
    [StepSettingsTransformation]
    [Alias("default_settings")]
    public StepSettingsInput? DefaultSettings { get; set; }

    /// <inheritdoc/>
    protected override object? CurrentTarget => Name;

    /// <summary>Puts the options that were given into the operator, and checks them all, before anything is stored.</summary>
    private protected void Apply(StepOperator target)
    {
        if (Fields is { } fields)
        {
            (target.RunAiBaseUrl, target.ProjectName, target.ClusterName) = (fields.RunAiBaseUrl, fields.ProjectName, fields.ClusterName);
            (target.ClientId, target.ClientSecret) = (fields.ClientId, Secret.Reference!);
        }

        Take(nameof(ClientId), () => target.ClientId = ClientId ?? "");
        Take(nameof(RunAiBaseUrl), () => target.RunAiBaseUrl = RunAiBaseUrl ?? "");
        Take(nameof(ProjectName), () => target.ProjectName = ProjectName ?? "");
        Take(nameof(ClusterName), () => target.ClusterName = NullIfEmpty(ClusterName));
        Take(nameof(ClusterUrl), () => target.ClusterUrl = NullIfEmpty(ClusterUrl));
        Take(nameof(ImagePullSecretName), () => target.ImagePullSecretName = NullIfEmpty(ImagePullSecretName));
        Take(nameof(MonitoringInterval), () => target.MonitoringInterval = MonitoringInterval ?? StepOperator.DefaultMonitoringInterval);
        Take(nameof(WorkloadTimeout), () => target.WorkloadTimeout = WorkloadTimeout);
        Take(nameof(PendingTimeout), () => target.PendingTimeout = PendingTimeout);
        Take(nameof(RunTimeout), () => target.RunTimeout = RunTimeout);
        Take(nameof(Deadline), () => target.Deadline = Deadline);
        Take(nameof(DeleteOnFailure), () => target.DeleteOnFailure = DeleteOnFailure);
        Take(nameof(AllowInsecureHttp), () => target.AllowInsecureHttp = AllowInsecureHttp);
        Take(nameof(DefaultSettings), () => target.DefaultSettings = DefaultSettings?.Read());
        Take(nameof(ClientSecret), () => target.ClientSecret = Secret.Reference ?? "");
        if (Credential is not null)
        {
            target.ClientId = Credential.UserName;
            target.ClientSecret = Secret.Reference!;
        }
    }

    /// <summary>
    /// Stores a secret that was given as an object, once everything else is known to be right. Sessions then need the new one.
    /// </summary>
    private protected void StoreSecret()
    {
        var secret = Secret;
        Await((context, token) => secret.StoreAsync(context.Vault, token));
        if (secret.IsObject)
        {
            Session.Sessions.Renew(secret.Reference!);
        }
    }

    /// <summary>Where a secret stays that is given as an object; null to store it in the vault.</summary>
    private protected virtual SessionSecrets? OwnSecrets => null;

    /// <summary>One for all uses: each secret that the session keeps has a name of its own.</summary>
    private GivenSecret Secret
    {
        get
        {
            if (_secret is not { } known || known.Name != Name)
            {
                known = (Name, new GivenSecret(Credential ?? Fields?.ClientSecret ?? ClientSecret, Vault, "runai", Name, OwnSecrets));
                _secret = known;
            }

            return known.Secret;
        }
    }

    private AutomationConnection? Fields => Connection is null ? null : new AutomationConnection(Connection);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private void Take(string parameter, Action take)
    {
        if (MyInvocation.BoundParameters.ContainsKey(parameter))
        {
            take();
        }
    }
}
