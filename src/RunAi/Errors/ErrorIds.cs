namespace RunAi;

/// <summary>
/// The stable ids of all failures. A cmdlet shows them at the head of <c>FullyQualifiedErrorId</c>, so that a script can
/// branch on them; they never change their meaning.
/// </summary>
public static class ErrorIds
{
    private const string Prefix = "RunAi.";

    /// <summary>The control plane refused or failed a request, and no more exact id fits.</summary>
    public const string ApiError = Prefix + nameof(ApiError);

    /// <summary>The control plane could not be reached: no such host, refused, timed out, bad TLS.</summary>
    public const string ControlPlaneUnreachable = Prefix + nameof(ControlPlaneUnreachable);

    /// <summary>The API of a cluster, from which logs come, could not be reached or gave none.</summary>
    public const string ClusterApiUnreachable = Prefix + nameof(ClusterApiUnreachable);

    /// <summary>The client id or secret was refused, or the token was.</summary>
    public const string AuthenticationFailed = Prefix + nameof(AuthenticationFailed);

    /// <summary>The credentials are good but lack the permission.</summary>
    public const string PermissionDenied = Prefix + nameof(PermissionDenied);

    /// <summary>No project of that name can be seen with these credentials.</summary>
    public const string ProjectNotFound = Prefix + nameof(ProjectNotFound);

    /// <summary>No cluster of that name can be seen, or the project is on another one.</summary>
    public const string ClusterNotFound = Prefix + nameof(ClusterNotFound);

    /// <summary>No node pool of that name can be seen.</summary>
    public const string NodePoolNotFound = Prefix + nameof(NodePoolNotFound);

    /// <summary>No node of that name can be seen.</summary>
    public const string NodeNotFound = Prefix + nameof(NodeNotFound);

    /// <summary>No workload template of that name can be seen.</summary>
    public const string WorkloadTemplateNotFound = Prefix + nameof(WorkloadTemplateNotFound);

    /// <summary>No workload of that id or name.</summary>
    public const string WorkloadNotFound = Prefix + nameof(WorkloadNotFound);

    /// <summary>The control plane refused the workload: it violates a policy or is malformed.</summary>
    public const string SubmissionRejected = Prefix + nameof(SubmissionRejected);

    /// <summary>The control plane refused the workload for lack of quota.</summary>
    public const string QuotaExceeded = Prefix + nameof(QuotaExceeded);

    /// <summary>The answer to a submission was lost and the control plane could not be asked whether it was done.</summary>
    public const string SubmissionUncertain = Prefix + nameof(SubmissionUncertain);

    /// <summary>A filter holds something the API cannot express.</summary>
    public const string InvalidFilter = Prefix + nameof(InvalidFilter);

    /// <summary>A request to an endpoint is wrong: its path leads elsewhere, or its query or body has no form the API takes.</summary>
    public const string InvalidRestRequest = Prefix + nameof(InvalidRestRequest);

    /// <summary>A span of time ends before it starts.</summary>
    public const string InvalidTimeRange = Prefix + nameof(InvalidTimeRange);

    /// <summary>Another workload has the name.</summary>
    public const string WorkloadNameTaken = Prefix + nameof(WorkloadNameTaken);

    /// <summary>The workload ended in failure.</summary>
    public const string WorkloadFailed = Prefix + nameof(WorkloadFailed);

    /// <summary>The script block of a step wrote or threw an error in its container.</summary>
    public const string ScriptError = Prefix + nameof(ScriptError);

    /// <summary>The workload was suspended by somebody; it can be resumed.</summary>
    public const string WorkloadStopped = Prefix + nameof(WorkloadStopped);

    /// <summary>The workload was deleted by somebody.</summary>
    public const string WorkloadDeleted = Prefix + nameof(WorkloadDeleted);

    /// <summary>One of the clocks set for the workload ran out.</summary>
    public const string WorkloadTimeout = Prefix + nameof(WorkloadTimeout);

    /// <summary>One or more step settings are wrong.</summary>
    public const string InvalidStepSettings = Prefix + nameof(InvalidStepSettings);

    /// <summary>The step itself is wrong: no image, an empty command, a bad name.</summary>
    public const string InvalidStep = Prefix + nameof(InvalidStep);

    /// <summary>One or more options of a step operator are wrong.</summary>
    public const string InvalidStepOperator = Prefix + nameof(InvalidStepOperator);

    /// <summary>A file with a step cannot be read, or one is in the way of writing it.</summary>
    public const string InvalidStepDocument = Prefix + nameof(InvalidStepDocument);

    /// <summary>No step operator of that name is registered, or none was named and there is not exactly one.</summary>
    public const string StepOperatorNotFound = Prefix + nameof(StepOperatorNotFound);

    /// <summary>A step operator of that name is registered already.</summary>
    public const string StepOperatorExists = Prefix + nameof(StepOperatorExists);

    /// <summary>The name of an image or of the place it goes to is wrong.</summary>
    public const string InvalidImageReference = Prefix + nameof(InvalidImageReference);

    /// <summary>No image of that name, or none of it for the platform asked for.</summary>
    public const string ImageNotFound = Prefix + nameof(ImageNotFound);

    /// <summary>An image could not be built or pushed.</summary>
    public const string ImageBuildFailed = Prefix + nameof(ImageBuildFailed);

    /// <summary>A container registry refused the credentials, or there were none, or they lack the permission.</summary>
    public const string RegistryAuthenticationFailed = Prefix + nameof(RegistryAuthenticationFailed);

    /// <summary>A container registry could not be reached, or broke off again and again.</summary>
    public const string RegistryUnreachable = Prefix + nameof(RegistryUnreachable);

    /// <summary>No container engine answers.</summary>
    public const string ContainerEngineUnreachable = Prefix + nameof(ContainerEngineUnreachable);

    /// <summary>One or more options of a container registry are wrong.</summary>
    public const string InvalidContainerRegistry = Prefix + nameof(InvalidContainerRegistry);

    /// <summary>No container registry of that name is registered.</summary>
    public const string ContainerRegistryNotFound = Prefix + nameof(ContainerRegistryNotFound);

    /// <summary>A container registry of that name is registered already.</summary>
    public const string ContainerRegistryExists = Prefix + nameof(ContainerRegistryExists);

    /// <summary>One or more options of an image builder are wrong.</summary>
    public const string InvalidImageBuilder = Prefix + nameof(InvalidImageBuilder);

    /// <summary>No image builder of that name is registered.</summary>
    public const string ImageBuilderNotFound = Prefix + nameof(ImageBuilderNotFound);

    /// <summary>An image builder of that name is registered already.</summary>
    public const string ImageBuilderExists = Prefix + nameof(ImageBuilderExists);

    /// <summary>One or more options of an artifact store are wrong.</summary>
    public const string InvalidArtifactStore = Prefix + nameof(InvalidArtifactStore);

    /// <summary>No artifact store of that name is registered.</summary>
    public const string ArtifactStoreNotFound = Prefix + nameof(ArtifactStoreNotFound);

    /// <summary>An artifact store of that name is registered already.</summary>
    public const string ArtifactStoreExists = Prefix + nameof(ArtifactStoreExists);

    /// <summary>An artifact store could not be reached, or broke off again and again.</summary>
    public const string ArtifactStoreUnreachable = Prefix + nameof(ArtifactStoreUnreachable);

    /// <summary>An artifact store refused the credentials, or they lack the permission.</summary>
    public const string ArtifactStoreDenied = Prefix + nameof(ArtifactStoreDenied);

    /// <summary>No artifact at that place.</summary>
    public const string ArtifactNotFound = Prefix + nameof(ArtifactNotFound);

    /// <summary>An artifact's bytes are not what its digest says.</summary>
    public const string ArtifactDamaged = Prefix + nameof(ArtifactDamaged);

    /// <summary>An artifact could not be stored or saved.</summary>
    public const string ArtifactFailed = Prefix + nameof(ArtifactFailed);

    /// <summary>One or more options of a stack are wrong, or a step needs a component that the stack lacks.</summary>
    public const string InvalidStack = Prefix + nameof(InvalidStack);

    /// <summary>No stack of that name is registered, or none is active.</summary>
    public const string StackNotFound = Prefix + nameof(StackNotFound);

    /// <summary>A stack of that name is registered already.</summary>
    public const string StackExists = Prefix + nameof(StackExists);

    /// <summary>No run of that id is recorded, or it has no artifact store.</summary>
    public const string RunNotFound = Prefix + nameof(RunNotFound);

    /// <summary>A name fits several runs, and one of them would have to be guessed.</summary>
    public const string RunAmbiguous = Prefix + nameof(RunAmbiguous);

    /// <summary>Of many runs or workloads that were waited for together, some did not succeed.</summary>
    public const string RunsFailed = Prefix + nameof(RunsFailed);

    /// <summary>No node that the workload may run on can ever hold it.</summary>
    public const string WorkloadUnschedulable = Prefix + nameof(WorkloadUnschedulable);

    /// <summary>The run has not ended, so that there is no result yet.</summary>
    public const string RunNotEnded = Prefix + nameof(RunNotEnded);

    /// <summary>The run of this key was asked to do something else, or is not over yet.</summary>
    public const string RunConflict = Prefix + nameof(RunConflict);

    /// <summary>A report could not be written to its file.</summary>
    public const string ReportNotWritten = Prefix + nameof(ReportNotWritten);

    /// <summary>A text is no target that a run's end can be told to.</summary>
    public const string InvalidNotification = Prefix + nameof(InvalidNotification);

    /// <summary>A text is no position in a log.</summary>
    public const string InvalidLogPosition = Prefix + nameof(InvalidLogPosition);

    /// <summary>A run has no replica of that name.</summary>
    public const string ReplicaNotFound = Prefix + nameof(ReplicaNotFound);

    /// <summary>The configuration file cannot be read or written.</summary>
    public const string ConfigurationInvalid = Prefix + nameof(ConfigurationInvalid);

    /// <summary>Another process holds the configuration file.</summary>
    public const string ConfigurationLocked = Prefix + nameof(ConfigurationLocked);

    /// <summary>A text is not a secret reference.</summary>
    public const string InvalidSecretReference = Prefix + nameof(InvalidSecretReference);

    /// <summary>No secret, no key in it, or no environment variable of that name.</summary>
    public const string SecretNotFound = Prefix + nameof(SecretNotFound);

    /// <summary>A vault did not take a secret.</summary>
    public const string SecretNotStored = Prefix + nameof(SecretNotStored);

    /// <summary>The Run:ai CLI, whose sign-in is used, gave no token.</summary>
    public const string CliSignInFailed = Prefix + nameof(CliSignInFailed);

    /// <summary>A module or program that the command needs is not installed.</summary>
    public const string MissingDependency = Prefix + nameof(MissingDependency);

    /// <summary>The emulator could not be started or ended at once.</summary>
    public const string EmulatorFailed = Prefix + nameof(EmulatorFailed);

    /// <summary>A fault in this module itself.</summary>
    public const string Unexpected = Prefix + nameof(Unexpected);
}
