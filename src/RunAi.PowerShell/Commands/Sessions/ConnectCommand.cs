using System.Collections;
using System.Management.Automation;
using RunAi.Configuration;
using RunAi.ControlPlane;
using RunAi.Operators;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Secrets;
using RunAi.Secrets;
using RunAi.Stacks;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Connects to the control plane of a step operator and returns the session.</para>
/// <para type="description">
/// Commands connect by themselves; this shows at once whether the credentials are good, and spares the first command the time. The
/// session is shared by all runspaces of the process.
/// With -RunAiBaseUrl, -ProjectName and -Credential, or with -Connection, nothing needs to be registered: a step operator for this session
/// (the runspace) alone is made and used by all commands that name no other, once the control plane has taken its credential. The secret
/// stays in the process's memory; there is nothing on disk, and no vault is needed. With -UseRunAiCli the token is that of the user who is
/// signed in with the Run:ai CLI.
/// </para>
/// </summary>
/// <example>
/// <para>Try the credentials of the active stack</para>
/// <code test="emulator">Connect-RunAi</code>
/// <para>The session comes back with the control plane, the user and when its token ends.</para>
/// </example>
/// <example>
/// <para>Connect through a step operator that is named</para>
/// <code test="emulator">Connect-RunAi -StepOperator gpu</code>
/// <para>The session comes back. Later commands through the same operator use it.</para>
/// </example>
/// <example>
/// <para>Connect without a vault or a file</para>
/// <code>Connect-RunAi -RunAiBaseUrl https://org.run.ai -ProjectName vision -Credential (Get-Credential)</code>
/// <para>The session comes back. Commands of this session use it until it ends.</para>
/// </example>
/// <example>
/// <para>Connect in a runbook</para>
/// <code>Connect-RunAi -Connection (Get-AutomationConnection RunAi)</code>
/// <para>The session comes back, with the URL, project and credential of the Automation connection.</para>
/// </example>
/// <example>
/// <para>Connect as the user who is signed in with the Run:ai CLI</para>
/// <code>Connect-RunAi -RunAiBaseUrl https://org.run.ai -ProjectName vision -UseRunAiCli</code>
/// <para>The session comes back. The CLI is asked for a token again when the last one has ended or was refused.</para>
/// </example>
/// <example>
/// <para>Connect with the identity of a pipeline (experimental)</para>
/// <code>Connect-RunAi -RunAiBaseUrl https://org.run.ai -ProjectName vision -ExternalToken { (Invoke-RestMethod "$env:SYSTEM_OIDCREQUESTURI`?api-version=7.1&amp;serviceConnectionId=$id" -Method Post -Headers @{ Authorization = "Bearer $env:SYSTEM_ACCESSTOKEN" }).oidcToken }</code>
/// <para>The session comes back. The script block is called again when its token has ended.</para>
/// </example>
[Cmdlet(VerbsCommunications.Connect, "RunAi", DefaultParameterSetName = Registered)]
[OutputType(typeof(RunAiSession))]
public sealed class ConnectCommand : OperatorCommand
{
    private const string Registered = "Registered";
    private const string ByCredential = "Credential";
    private const string ByConnection = "Connection";
    private const string ByExternalToken = "ExternalToken";
    private const string ByCli = "Cli";

    /// <summary>The name of the step operator of a session that gives it none.</summary>
    private const string SessionOperator = "session";

    /// <summary><para type="description">The control plane's URL, for example https://org.run.ai.</para></summary>
    [Parameter(Mandatory = true, ParameterSetName = ByCredential)]
    [Parameter(Mandatory = true, ParameterSetName = ByExternalToken)]
    [Parameter(Mandatory = true, ParameterSetName = ByCli)]
    [Alias("runai_base_url")]
    public string RunAiBaseUrl { get; set; } = "";

    /// <summary><para type="description">The name of the project that steps run in.</para></summary>
    [Parameter(Mandatory = true, ParameterSetName = ByCredential)]
    [Parameter(Mandatory = true, ParameterSetName = ByExternalToken)]
    [Parameter(Mandatory = true, ParameterSetName = ByCli)]
    [Alias("project_name")]
    [ArgumentCompleter(typeof(ProjectNameCompleter))]
    public string ProjectName { get; set; } = "";

    /// <summary>
    /// <para type="description">The client id and secret of a Run:ai service account or access key; they stay in the process's
    /// memory.</para>
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ByCredential)]
    public PSCredential? Credential { get; set; }

    /// <summary><para type="description">The name of the cluster; the project's cluster when it is left out.</para></summary>
    [Parameter(ParameterSetName = ByCredential)]
    [Parameter(ParameterSetName = ByExternalToken)]
    [Parameter(ParameterSetName = ByCli)]
    [Alias("cluster_name")]
    [ArgumentCompleter(typeof(ClusterNameCompleter))]
    public string? ClusterName { get; set; }

    /// <summary>
    /// <para type="description">Allows an http URL that is not on the loopback interface; credentials then travel in clear.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByCredential)]
    [Parameter(ParameterSetName = ByConnection)]
    [Parameter(ParameterSetName = ByExternalToken)]
    [Parameter(ParameterSetName = ByCli)]
    public SwitchParameter AllowInsecureHttp { get; set; }

    /// <summary>
    /// <para type="description">The hashtable of a connection of Azure Automation of the type RunAi, as Get-AutomationConnection gives it,
    /// with ControlPlaneUrl, ProjectName, ClientId, ClientSecret and, if need be, ClusterName.</para>
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ByConnection)]
    public IDictionary? Connection { get; set; }

    /// <summary>
    /// <para type="description">Experimental: a script block that gives the token of an identity that the control plane trusts, as a text
    /// or SecureString, such as an id token of the pipeline. It is called each time a token is needed, and the control plane exchanges what
    /// it gives (grant external_token_exchange), so that no secret of Run:ai is kept anywhere.</para>
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ByExternalToken)]
    public ScriptBlock? ExternalToken { get; set; }

    /// <summary>
    /// <para type="description">Goes by the user who is signed in with the Run:ai CLI, with that user's rights: 'runai auth get-token
    /// --output plaintext' (version 2.23 of the CLI and later) is run for the token, at first and whenever the last one has ended or was
    /// refused. The program is looked for on the PATH, started without a shell, and ended after 30 seconds; what it prints is shown
    /// nowhere.</para>
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ByCli)]
    public SwitchParameter UseRunAiCli { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        if (ParameterSetName == Registered)
        {
            WriteObject(AwaitConnected((connection, _, token) => ConnectAsync(connection, token)));
            return;
        }

        var stepOperator = Given();
        StepOperatorValidation.Check(stepOperator);
        WriteObject(AwaitConnected(stepOperator, async (connection, _, token) =>
        {
            var session = await ConnectAsync(connection, token).ConfigureAwait(false);
            await SessionStack.RegisterAsync(ConfigurationOf(ConfigurationScope.Session).File, stepOperator, token).ConfigureAwait(false);
            return session;
        }));
    }

    private static async Task<RunAiSession> ConnectAsync(StepOperatorConnection connection, CancellationToken token)
    {
        await connection.Client.ConnectAsync(token).ConfigureAwait(false);
        if (connection.Client.Session.HasGivenToken)
        {
            await connection.Client.VerifyAsync(token).ConfigureAwait(false);
        }

        return connection.Client.Session.ToSnapshot();
    }

    private StepOperator Given()
    {
        var name = string.IsNullOrEmpty(StepOperator) ? SessionOperator : StepOperator!;
        var secrets = SecretsOf(RegistrationScope.Session);
        if (Connection is not null)
        {
            var fields = new AutomationConnection(Connection);
            return new StepOperator
            {
                Name = name,
                RunAiBaseUrl = fields.RunAiBaseUrl,
                ProjectName = fields.ProjectName,
                ClusterName = fields.ClusterName,
                ClientId = fields.ClientId,
                ClientSecret = new GivenSecret(fields.ClientSecret, null, "runai", name, secrets).Reference!,
                AllowInsecureHttp = AllowInsecureHttp,
            };
        }

        return new StepOperator
        {
            Name = name,
            RunAiBaseUrl = RunAiBaseUrl,
            ProjectName = ProjectName,
            ClusterName = string.IsNullOrEmpty(ClusterName) ? null : ClusterName,
            ClientId = UseRunAiCli ? RunAiCli.Identity : Credential?.UserName ?? TokenClient.ExternalIdentity,
            ClientSecret = UseRunAiCli ? RunAiCli.Reference
                : Credential is null ? Session.Configured.Secrets.Keep("external", ExternalToken!)
                : new GivenSecret(Credential, null, "runai", name, secrets).Reference!,
            AllowInsecureHttp = AllowInsecureHttp,
        };
    }
}
