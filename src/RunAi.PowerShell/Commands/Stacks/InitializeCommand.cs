using System.Management.Automation;
using System.Security;
using RunAi.Configuration;
using RunAi.ControlPlane;
using RunAi.Emulators;
using RunAi.Images;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Loading;
using RunAi.PowerShell.Pipeline;
using RunAi.PowerShell.Secrets;
using RunAi.Runs;
using RunAi.Secrets;
using RunAi.Stacks;
using RunAi.Wording;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Sets up a stack by asking for what is missing, makes it the active one and tries it.</para>
/// <para type="description">
/// What no parameter gives is asked for: a name, the control plane's URL, the client id, a reference to the client secret, the project out
/// of those that these see, and a place for artifacts and images, which may be left empty. Where there is no reference, the secret itself
/// is asked for: it is not shown, and the stack belongs to this session alone, as with -Scope Session. The commands that do the same are
/// shown, also with -WhatIf. A check that fails is a warning. Where nobody can answer, an error tells those commands. With -Emulator a
/// local control plane is started, and the stack works offline until this process ends.
/// </para>
/// </summary>
/// <example>
/// <para>Set up everything offline</para>
/// <code test="emulator">Initialize-RunAi offline -Emulator</code>
/// <para>The stack comes back. It is active and has a folder for artifacts and one for images.</para>
/// </example>
/// <example>
/// <para>Set up a cluster, and be asked for what is missing</para>
/// <code>Initialize-RunAi prod -StepOperator https://org.run.ai -ClientSecret '{{env:RUNAI_CLIENT_SECRET}}'</code>
/// <para>The stack comes back when project, client id and places have been answered.</para>
/// </example>
[Cmdlet(VerbsData.Initialize, "RunAi", SupportsShouldProcess = true)]
[OutputType(typeof(RunAi.Stack))]
public sealed class InitializeCommand : StackOptionsCommand
{
    private const int MostNamed = 10;
    private const int MostRead = 500;

    private const string DefaultName = "default";
    private const string EmulatorName = "emulator";

    private static readonly string[] HostTag = ["PSHOST"];

    /// <summary>
    /// <para type="description">The name of the stack; asked for when it is left out, and 'emulator' with -Emulator.</para>
    /// </summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(StackNameCompleter))]
    public override string Name { get; set; } = "";

    /// <summary>
    /// <para type="description">User: the stack and its new components are kept in the configuration file, for all sessions. Session: they
    /// are kept in this session (the runspace) alone, with secrets that are given as objects; nothing of it is on disk, and no vault is
    /// needed. User by default.</para>
    /// </summary>
    [Parameter]
    public RegistrationScope Scope { get; set; }

    /// <summary>
    /// <para type="description">Starts an emulator and sets it up, with folders for artifacts and images on this machine.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter Emulator { get; set; }

    /// <inheritdoc/>
    private protected override ConfigurationScope? TargetScope => GivenScope(Scope);

    private HostQuestions Questions => new(Host.UI, WriteWarning);

    private bool IsOfSession => TargetScope == ConfigurationScope.Session;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        if (Name.Length == 0)
        {
            var named = Emulator ? EmulatorName : Questions.Ask($"Name of the stack ({DefaultName})");
            Name = named.Length > 0 ? named : DefaultName;
        }

        if (Emulator)
        {
            if (!ShouldProcess("127.0.0.1", $"Start the emulator and register it as the stack {Name}"))
            {
                return;
            }

            StartEmulator();
        }

        var isNew = StepOperator is null || StepOperator.Contains("://");
        Ask(
            nameof(StepOperator), StepOperator, "Control plane, such as https://org.run.ai", answer => StepOperator = answer,
            isRequired: true, FlawOfUrl);
        if (isNew && Credential is not null)
        {
            Ask(nameof(ProjectName), ProjectName, "Project", answer => ProjectName = answer, isRequired: true);
        }
        else if (isNew)
        {
            if (SecretReference.TryParse(ClientSecret?.ToString(), out var secret, out _) && secret.IsOfCli)
            {
                ClientId ??= RunAiCli.Identity;
            }

            Ask(nameof(ClientId), ClientId, "Client id of the service account", answer => ClientId = answer, isRequired: true);
            AskSecret();
            AskProject();
        }

        Ask(nameof(ArtifactStore), ArtifactStore, "Artifact store, such as az://account/container (empty for none)", answer =>
            ArtifactStore = answer);
        Ask(nameof(ContainerRegistry), ContainerRegistry, "Container registry, such as myorg.azurecr.io/steps (empty for none)", answer =>
            ContainerRegistry = answer);
        if (!string.IsNullOrEmpty(ContainerRegistry) && ImageBuilder is null)
        {
            Give(nameof(ImageBuilder), "Layer", answer => ImageBuilder = answer);
        }

        Show(Commands());
        Change("Register", assembly => assembly.PlanRegister(Name), (assembly, token) => assembly.RegisterAsync(Name, token));
        if (!IsWhatIf && Configuration.Stacks.Get().Any(stack => stack.Name.Equals(Name, StringComparison.OrdinalIgnoreCase)))
        {
            Await((_, token) => Configuration.Stacks.UseAsync(Name, token));
            Try();
        }
    }

    private void StartEmulator()
    {
        var options = new EmulatorOptions
        {
            Assembly = ModuleFolder.EmulatorAssembly,
            DotnetHost = Session.Variable(EmulatorOptions.DotnetHostVariable),
        };
        var emulator = Await((_, token) => EmulatorRegistry.Default.StartAsync(options, token));
        Give(nameof(StepOperator), emulator.Uri, answer => StepOperator = answer);
        ProjectName = emulator.ProjectName;
        ClientId = emulator.ClientId;
        ClientSecret = EmulatorSecret.Reference(emulator);
        EmulatorSecret.Keep(emulator, SessionState);
        var folder = Path.Combine(StateFolder.Resolve(Session.Variable) ?? Path.GetTempPath(), "offline", Name);
        Give(nameof(ArtifactStore), ArtifactStore ?? $"file:{Path.Combine(folder, "store")}", answer => ArtifactStore = answer);
        Give(nameof(ContainerRegistry), ContainerRegistry ?? $"oci:{Path.Combine(folder, "images")}", answer => ContainerRegistry = answer);
    }

    /// <summary>Asks for a reference to the secret, or else for the secret, which only this session keeps then.</summary>
    private void AskSecret()
    {
        Ask(nameof(ClientSecret), ClientSecret, "Its secret: {{secret.key}}, {{env:NAME}}, or empty to type it for this session", answer =>
            ClientSecret = answer);
        if (ClientSecret is null && Questions.AskSecret("Client secret") is { Length: > 0 } secret)
        {
            (ClientSecret, Scope) = (secret, RegistrationScope.Session);
            MyInvocation.BoundParameters[nameof(Scope)] = Scope;
        }

        if (ClientSecret is null)
        {
            throw Unanswered(nameof(ClientSecret), "Its secret");
        }
    }

    /// <summary>
    /// Asks for the project, with those that the credentials see; that tries URL and credentials before anything else is asked.
    /// </summary>
    private void AskProject()
    {
        if (ProjectName is not null)
        {
            return;
        }

        var projects = Projects();
        var question = projects.Count == 0
            ? "Project"
            : $"Project ({string.Join(", ", projects.Take(MostNamed))}{(projects.Count > MostNamed ? ", ..." : "")})";
        Ask(nameof(ProjectName), null, question, answer => ProjectName = answer, isRequired: true, Flaw);

        string? Flaw(string answer) => projects.Count == 0 || projects.Contains(answer)
            ? null
            : $"'{answer}' is no project that these credentials see. {Suggestion.For(answer, projects)}";
    }

    /// <summary>The names of the projects that the credentials see; none where they cannot be tried, which is warned of.</summary>
    private List<string> Projects()
    {
        // A secret that is for a vault is stored when the operator is registered, and cannot be tried before. The registration refuses an
        // address that would carry it in clear.
        var secret = OperatorSecret;
        if (secret.Reference is not { } reference || (secret.IsObject && !IsOfSession)
            || !reference.StartsWith("{{", StringComparison.Ordinal) || BaseUrl.Normalise(StepOperator, false).Fault is not null)
        {
            return [];
        }

        var candidate = new RunAi.StepOperator
        {
            Name = Name,
            RunAiBaseUrl = StepOperator!,
            ClientId = ClientId!,
            ClientSecret = reference,
        };
        try
        {
            return AwaitConnected(candidate, async (connection, _, token) =>
            {
                List<string> names = [];
                await connection.Client.VerifyAsync(token).ConfigureAwait(false);
                await connection.Client.EachProjectAsync(
                    new ListQuery(), MostRead, Take, () => names.Count >= MostRead, token).ConfigureAwait(false);
                return names;

                Task Take(IReadOnlyList<ControlPlane.Wire.ProjectRecord> page)
                {
                    names.AddRange(page.Select(project => project.Name));
                    return Task.CompletedTask;
                }
            });
        }
        catch (RunAiException failure)
        {
            WriteWarning(failure.Message);
            return [];
        }
    }

    /// <summary>What is wrong with the answer for the control plane: a URL, or the name of a registered step operator.</summary>
    private string? FlawOfUrl(string answer)
    {
        if (answer.Contains("://"))
        {
            return BaseUrl.Normalise(answer, false).Fault is { } fault ? $"The URL {fault}" : null;
        }

        var names = Configuration.StepOperators.Get().Select(stepOperator => stepOperator.Name).ToList();
        return names.Contains(answer, StringComparer.OrdinalIgnoreCase)
            ? null
            : $"'{answer}' is no URL and no registered step operator. {(names.Count > 0 ? Suggestion.For(answer, names) + " " : "")}Write "
                + "a URL such as https://org.run.ai";
    }

    /// <summary>Asks for what is not given, and again where the answer cannot be right.</summary>
    /// <exception cref="RunAiException">Nobody can answer, or an answer that is needed is empty.</exception>
    private void Ask(
        string parameter, object? given, string question, Action<string> set, bool isRequired = false, Func<string, string?>? flaw = null)
    {
        if (given is not null || MyInvocation.BoundParameters.ContainsKey(parameter))
        {
            return;
        }

        var answer = Questions.Ask(question, flaw);
        if (answer.Length > 0)
        {
            Give(parameter, answer, set);
        }
        else if (isRequired)
        {
            throw Unanswered(parameter, question);
        }
    }

    private RunAiException Unanswered(string parameter, string question) => new(
        ErrorIds.InvalidStack,
        $"-{parameter} is not given, and there was no answer to \"{question}\". Give it, or set everything up with:\n{Commands()}")
    {
        Target = Name,
    };

    /// <summary>Counts as given from here on.</summary>
    private void Give(string parameter, string value, Action<string> set)
    {
        set(value);
        MyInvocation.BoundParameters[parameter] = value;
    }

    /// <summary>What the set-up amounts to; a place in capitals is not known yet.</summary>
    private string Commands()
    {
        var values = new List<(string Name, string? Value)> { (nameof(StepOperator), StepOperator ?? "URL") };
        var isTyped = PSObjectUnwrapper.Value(ClientSecret) is SecureString;
        if (StepOperator is null || StepOperator.Contains("://"))
        {
            var secret = isTyped ? null : PSObjectUnwrapper.Value(ClientSecret) as string ?? "{{SECRET.KEY}}";
            values.AddRange([
                (nameof(ProjectName), ProjectName ?? "PROJECT"), (nameof(ClientId), Credential?.UserName ?? ClientId ?? "CLIENT_ID"),
                (nameof(ClientSecret), secret)]);
        }

        values.AddRange(
            [(nameof(ArtifactStore), ArtifactStore), (nameof(ContainerRegistry), ContainerRegistry), (nameof(ImageBuilder), ImageBuilder)]);
        var arguments = values.Where(value => !string.IsNullOrEmpty(value.Value))
            .Select(value => $"-{value.Name} '{value.Value!.Replace("'", "''")}'").ToList();
        if (isTyped)
        {
            arguments.Add($"-{nameof(ClientSecret)} (Read-Host -AsSecureString)");
        }

        if (IsOfSession)
        {
            arguments.Add($"-{nameof(Scope)} {Scope}");
        }

        return $"Register-RunAiStack {Name} {string.Join(" ", arguments)} | Use-RunAiStack\nTest-RunAiStack {Name}";
    }

    private void Show(string text) => WriteInformation(new HostInformationMessage { Message = text }, HostTag);

    private void Try()
    {
        var stack = Configuration.StackResolver.Resolve(Name, null);
        var checks = Await(async (context, token) =>
        {
            using var hosts = new RegistryHosts(Session.Registries, context.Services.RegistryCredentials, context.Log);
            return await new StackProbe(stack, context.ConnectAsync, context.OpenAsync, hosts, context.Services.Time)
                .CheckAsync(token).ConfigureAwait(false);
        });
        foreach (var check in checks.Where(check => !check.Passed))
        {
            WriteWarning(check.ToString());
        }
    }
}
