using System.Management.Automation;
using RunAi.Redaction;

namespace RunAi.PowerShell.Errors;

/// <summary>The one place that turns a failure of the library into an <see cref="ErrorRecord"/>.</summary>
internal static class ErrorTable
{
    private static readonly Dictionary<string, ErrorRow> Rows = new()
    {
        [ErrorIds.ApiError] = new(
            ErrorCategory.InvalidResult, "Try again with -Verbose and give the request id to the administrator of the control plane."),
        [ErrorIds.ControlPlaneUnreachable] = new(
            ErrorCategory.ConnectionError,
            "Check the URL with Get-RunAiStepOperator, the network and the proxy, then type Test-RunAiStepOperator."),
        [ErrorIds.ClusterApiUnreachable] = new(ErrorCategory.ConnectionError, "Check that this machine reaches the cluster, and its "
            + "address with Get-RunAiCluster; Set-RunAiStepOperator -ClusterUrl gives another."),
        [ErrorIds.AuthenticationFailed] = new(
            ErrorCategory.AuthenticationError,
            "Check the client id and the secret that the step operator refers to, then type Test-RunAiStepOperator."),
        [ErrorIds.PermissionDenied] = new(
            ErrorCategory.PermissionDenied, "Ask the administrator to give the service account a role in this project (an access rule)."),
        [ErrorIds.ProjectNotFound] = new(
            ErrorCategory.ObjectNotFound, "Correct it with Set-RunAiStepOperator -ProjectName, or ask for a role in the project."),
        [ErrorIds.ClusterNotFound] = new(
            ErrorCategory.ObjectNotFound,
            "Correct it with Set-RunAiStepOperator -ClusterName, or leave the cluster out to take the project's."),
        [ErrorIds.NodePoolNotFound] = new(ErrorCategory.ObjectNotFound, "Type Get-RunAiNodePool to see those that exist."),
        [ErrorIds.NodeNotFound] = new(ErrorCategory.ObjectNotFound, "Type Get-RunAiNode to see those that exist."),
        [ErrorIds.WorkloadTemplateNotFound] = new(ErrorCategory.ObjectNotFound, "Type Get-RunAiWorkloadTemplate to see those that exist."),
        [ErrorIds.WorkloadNotFound] = new(ErrorCategory.ObjectNotFound, "Type Get-RunAiWorkload to see those that exist."),
        [ErrorIds.SubmissionRejected] = new(
            ErrorCategory.InvalidArgument,
            "Change the settings named, or ask the administrator about the project's policy. -WhatIf shows what is sent."),
        [ErrorIds.QuotaExceeded] = new(
            ErrorCategory.QuotaExceeded, "Ask for less, wait until quota is free, or submit with -Preemptibility preemptible."),
        [ErrorIds.SubmissionUncertain] = new(
            ErrorCategory.ConnectionError, "Type Get-RunAiWorkload with the name in the message before you submit again."),
        [ErrorIds.InvalidFilter] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.InvalidRestRequest] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.InvalidTimeRange] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.WorkloadNameTaken] = new(ErrorCategory.ResourceExists),
        [ErrorIds.WorkloadFailed] = new(ErrorCategory.OperationStopped),
        [ErrorIds.ScriptError] = new(ErrorCategory.NotSpecified),
        [ErrorIds.WorkloadStopped] = new(ErrorCategory.OperationStopped, "Type Resume-RunAiWorkload to go on with it."),
        [ErrorIds.WorkloadDeleted] = new(ErrorCategory.ResourceUnavailable, "Submit the step again."),
        [ErrorIds.WorkloadUnschedulable] = new(ErrorCategory.ResourceUnavailable),
        [ErrorIds.RunsFailed] = new(ErrorCategory.OperationStopped, "Look at each in $_.Exception.Failures."),
        [ErrorIds.WorkloadTimeout] = new(ErrorCategory.OperationTimeout),
        [ErrorIds.InvalidStepSettings] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.InvalidStepDocument] = new(ErrorCategory.InvalidData),
        [ErrorIds.InvalidStep] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.InvalidStepOperator] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.StepOperatorNotFound] = new(ErrorCategory.ObjectNotFound),
        [ErrorIds.StepOperatorExists] = new(ErrorCategory.ResourceExists),
        [ErrorIds.InvalidImageReference] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.ImageNotFound] = new(ErrorCategory.ObjectNotFound),
        [ErrorIds.ContainerEngineUnreachable] = new(ErrorCategory.ConnectionError),
        [ErrorIds.ImageBuildFailed] = new(ErrorCategory.InvalidResult),
        [ErrorIds.RegistryAuthenticationFailed] = new(ErrorCategory.AuthenticationError),
        [ErrorIds.RegistryUnreachable] = new(
            ErrorCategory.ConnectionError, "Check the registry's name and this machine's network and proxy; -Verbose shows each request."),
        [ErrorIds.InvalidContainerRegistry] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.ContainerRegistryNotFound] = new(ErrorCategory.ObjectNotFound),
        [ErrorIds.ContainerRegistryExists] = new(ErrorCategory.ResourceExists),
        [ErrorIds.InvalidImageBuilder] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.ImageBuilderNotFound] = new(ErrorCategory.ObjectNotFound),
        [ErrorIds.ImageBuilderExists] = new(ErrorCategory.ResourceExists),
        [ErrorIds.InvalidArtifactStore] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.ArtifactStoreNotFound] = new(ErrorCategory.ObjectNotFound),
        [ErrorIds.ArtifactStoreExists] = new(ErrorCategory.ResourceExists),
        [ErrorIds.ArtifactStoreUnreachable] = new(
            ErrorCategory.ConnectionError, "Check the store's address and this machine's network and proxy; -Verbose shows each request."),
        [ErrorIds.ArtifactStoreDenied] = new(ErrorCategory.PermissionDenied),
        [ErrorIds.ArtifactNotFound] = new(ErrorCategory.ObjectNotFound),
        [ErrorIds.ArtifactDamaged] = new(ErrorCategory.InvalidData),
        [ErrorIds.ArtifactFailed] = new(ErrorCategory.WriteError),
        [ErrorIds.InvalidStack] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.StackNotFound] = new(ErrorCategory.ObjectNotFound),
        [ErrorIds.StackExists] = new(ErrorCategory.ResourceExists),
        [ErrorIds.RunNotFound] = new(ErrorCategory.ObjectNotFound),
        [ErrorIds.RunAmbiguous] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.RunNotEnded] = new(ErrorCategory.ResourceBusy),
        [ErrorIds.RunConflict] = new(ErrorCategory.ResourceExists),
        [ErrorIds.ReportNotWritten] = new(ErrorCategory.WriteError),
        [ErrorIds.InvalidNotification] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.InvalidLogPosition] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.ReplicaNotFound] = new(ErrorCategory.ObjectNotFound),
        [ErrorIds.ConfigurationInvalid] = new(ErrorCategory.InvalidData),
        [ErrorIds.ConfigurationLocked] = new(ErrorCategory.ResourceBusy, "Try again when the other process is done."),
        [ErrorIds.InvalidSecretReference] = new(ErrorCategory.InvalidArgument),
        [ErrorIds.SecretNotFound] = new(ErrorCategory.ObjectNotFound),
        [ErrorIds.SecretNotStored] = new(ErrorCategory.WriteError),
        [ErrorIds.CliSignInFailed] = new(
            ErrorCategory.AuthenticationError,
            "Type runai login, then runai auth get-token --output plaintext, to see that the CLI gives a token."),
        [ErrorIds.MissingDependency] = new(ErrorCategory.NotInstalled),
        [ErrorIds.EmulatorFailed] = new(ErrorCategory.ResourceUnavailable),
        [ErrorIds.Unexpected] = new(ErrorCategory.NotSpecified, "This is a fault of the module: report it with the text of the error."),
    };

    /// <summary>The ids that have a row.</summary>
    public static IReadOnlyCollection<string> KnownIds => Rows.Keys;

    /// <summary>Makes the record of a failure.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="target">What the command was working on, used where the failure names no target itself.</param>
    public static ErrorRecord ToRecord(Exception failure, object? target)
    {
        if (failure is IContainsErrorRecord { ErrorRecord: { } own })
        {
            return new ErrorRecord(own, failure);
        }

        var known = failure as RunAiException;
        if (known is null)
        {
            // What nobody foresaw may say anything.
            failure = KnownSecrets.Harmless(failure)!;
        }

        var id = known?.ErrorId ?? ErrorIds.Unexpected;
        var row = Rows.TryGetValue(id, out var found) ? found : Rows[ErrorIds.Unexpected];
        return new ErrorRecord(failure, id, row.Category, known?.Target ?? target)
        {
            ErrorDetails = new ErrorDetails(failure.Message)
            {
                // How a workload ended is told with what to do next; hosts would say it again.
                RecommendedAction = known is WorkloadFailedException or WorkloadTimeoutException
                    ? ""
                    : known?.RecommendedAction ?? row.RecommendedAction ?? "",
            },
        };
    }
}
