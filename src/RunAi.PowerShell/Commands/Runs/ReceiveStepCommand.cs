using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.Runs;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Receives the result of a run from its artifact store: its outputs.</para>
/// <para type="description">
/// The run's result is read from the store, so that neither the workload nor the machine it was submitted from is needed. Each output is an
/// artifact for Save-RunAiArtifact, or for the -Input of another step. A run that failed gives an error that says why.
/// </para>
/// </summary>
/// <example><code>$run | Wait-RunAiWorkload | Receive-RunAiStep | Save-RunAiArtifact -Destination ./results</code></example>
/// <example><code>Receive-RunAiStep 01JD8Z5V0Q4X9T2M7N3K6P1R8S -ArtifactStore blobs</code></example>
[Cmdlet(VerbsCommunications.Receive, "RunAiStep")]
[OutputType(typeof(Artifact))]
public sealed class ReceiveStepCommand : RunCommand
{
    /// <inheritdoc/>
    private protected override void ProcessRun(RunIdentity identity)
    {
        var stackStore = identity.Run is null ? ResolveStack().Stack.ArtifactStore : null;
        var run = Await(async (context, token) =>
        {
            var (found, store) = await FindAsync(identity, stackStore, context, token).ConfigureAwait(false);
            return await RunResults.ReceiveAsync(found, store, token).ConfigureAwait(false);
        });
        WriteObject(run.Outputs.Values, enumerateCollection: true);
    }
}
