using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Scripts;
using RunAi.Runs;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Receives the result of a run from its artifact store: the objects of its script block, or its outputs.</para>
/// <para type="description">
/// The run's result is read from the store, so that neither the workload nor the machine it was submitted from is needed. A script block's
/// objects come in their order, with its errors as errors; objects other than data have their properties and no methods. Of any other step
/// each output is an artifact for Save-RunAiArtifact, or for the -Input of another step. A run that failed gives an error that says why,
/// after what its script block gave before.
/// </para>
/// </summary>
/// <example>
/// <para>Wait for a run and save its outputs</para>
/// <code>$run | Wait-RunAiWorkload | Receive-RunAiStep | Save-RunAiArtifact -Destination ./results</code>
/// <para>Each output of the run appears in ./results.</para>
/// </example>
/// <example>
/// <para>Get the objects of a script block</para>
/// <code>$scores = Invoke-RunAiStep score -BaseImage mcr.microsoft.com/powershell -ScriptBlock { param($n) 1..$n } -ArgumentList 3 | Receive-RunAiStep</code>
/// <para>The numbers 1, 2 and 3 come back as integers.</para>
/// </example>
/// <example>
/// <para>Receive a run of another machine by its id</para>
/// <code>Receive-RunAiStep 01JD8Z5V0Q4X9T2M7N3K6P1R8S -ArtifactStore blobs</code>
/// <para>The outputs of the run come back as artifacts, or its objects when it was a script block.</para>
/// </example>
[Cmdlet(VerbsCommunications.Receive, "RunAiStep", DefaultParameterSetName = ByRun)]
[OutputType(typeof(Artifact), typeof(PSObject))]
public sealed class ReceiveStepCommand : RunCommand
{
    /// <inheritdoc/>
    private protected override void ProcessRun(RunIdentity identity)
    {
        var stackStore = identity.Run is null ? ResolveStack().Stack.ArtifactStore : null;
        var (run, end, failure) = Await(async (context, token) =>
        {
            var (found, store) = await FindAsync(identity, stackStore, context, token).ConfigureAwait(false);
            var (run, failure) = await RunResults.ReceiveAsync(found, store, token).ConfigureAwait(false);
            var end = run.ScriptResult is { } result
                ? await ReceivedScript.ReadAsync(result, store, context, item => WriteObject(item), WriteError, token).ConfigureAwait(false)
                : null;
            return (run, end, failure);
        });
        if (failure is not null)
        {
            throw end is null ? failure : ReceivedScript.Because(end, failure);
        }

        if (run.ScriptResult is null)
        {
            WriteObject(run.Outputs.Values, enumerateCollection: true);
        }
    }
}
