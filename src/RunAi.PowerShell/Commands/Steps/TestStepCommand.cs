using System.Management.Automation;
using RunAi.Images;
using RunAi.Preflight;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Checks a step before it is submitted: whether it would be accepted, whether it would fit, and if not, why.</para>
/// <para type="description">
/// Step and settings, the stack's components, secrets, credentials, project, cluster, priority, each rule of the project's policy, quota
/// and free GPUs of each node pool, and the image are looked at, one line each, whatever comes of the others. Nothing is changed anywhere.
/// With -Quiet only true or false is returned: false when a check failed. A warning means that the step may wait or be preempted, and
/// leaves it true.
/// </para>
/// </summary>
/// <example>
/// <para>Check whether a step would be accepted and fit</para>
/// <code test="emulator">Test-RunAiStep train -Image python:3.12-slim -Command python, -c, 'print(42)' -Settings @{ GpuDevicesRequest = 4 }</code>
/// <para>One object comes back for each check, with Status, Message and Remedy.</para>
/// </example>
/// <example>
/// <para>Show what is wrong</para>
/// <code test="emulator">$step | Test-RunAiStep -StepOperator gpu | Where-Object Status -NE Passed | Format-List Name, Status, Text</code>
/// <para>Each check that did not pass comes back, with what was found and what to do.</para>
/// </example>
/// <example>
/// <para>Get the request as an object</para>
/// <code test="emulator">$request = $step | Test-RunAiStep -PassThru | Select-Object -Last 1; ($request.Body | ConvertFrom-Json).spec.compute</code>
/// <para>The compute resources of the request that would be sent come back.</para>
/// </example>
/// <example>
/// <para>Submit only what would be accepted</para>
/// <code test="emulator">if ($step | Test-RunAiStep -Quiet) { $step | Submit-RunAiStep }</code>
/// <para>The run comes back, or nothing when a check failed.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "RunAiStep", DefaultParameterSetName = "Defined")]
[OutputType(typeof(StepCheck), typeof(bool), typeof(StepRequest))]
public sealed class TestStepCommand : StepCommand
{
    /// <summary><para type="description">Gives only true or false.</para></summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>
    /// <para type="description">Gives, after the checks, the request that the step would be submitted with, where one can be made
    /// of it: method, path and body.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void ProcessStep()
    {
        var (checks, request) = Await(async (context, token) =>
        {
            using var hosts = new RegistryHosts(Session.Registries, context.Services.RegistryCredentials, context.Log);
            var services = new PreflightServices
            {
                Connect = context.ConnectAsync,
                OpenStore = context.OpenAsync,
                Hosts = hosts,
                Time = context.Services.Time,
                Secrets = context.Services.Secrets,
            };
            var preflight = new StepPreflight(GivenStep, ResolvedStack, services);
            return (await preflight.RunAsync(token).ConfigureAwait(false), preflight.Request);
        });
        if (Quiet)
        {
            WriteObject(checks.All(check => check.Status != StepCheckStatus.Failed));
        }
        else
        {
            WriteObject(checks, enumerateCollection: true);
        }

        if (PassThru && request is not null)
        {
            WriteObject(request);
        }
    }
}
