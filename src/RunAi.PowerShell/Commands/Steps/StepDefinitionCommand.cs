using System.Collections;
using System.Management.Automation;
using RunAi.Operators;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;
using RunAi.Runs;

namespace RunAi.PowerShell.Commands;

/// <summary>A command that takes a step: piped, or defined by its own parameters.</summary>
public abstract class StepDefinitionCommand : OperatorCommand
{
    private const string Defined = "Defined";
    private const string Given = "Given";

    private StepPlan? _plan;

    /// <summary><para type="description">The step's name, which becomes part of the workload's.</para></summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = Defined)]
    public string Name { get; set; } = "";

    /// <summary><para type="description">The container image, for example python:3.12-slim.</para></summary>
    [Parameter(Mandatory = true, ParameterSetName = Defined)]
    [AllowEmptyString]
    public string Image { get; set; } = "";

    /// <summary><para type="description">The program and its arguments, one word each; the image's own entry point when it is left out. No shell is involved.</para></summary>
    [Parameter(ParameterSetName = Defined)]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string[] Command { get; set; } = [];

    /// <summary>
    /// <para type="description">Environment variables: texts, which everyone who can list workloads can read, or references that the
    /// cluster resolves, such as @{ secret = 'name'; key = 'k' }, configMap, userCredential or @{ podField = 'metadata.name' }.</para>
    /// </summary>
    [Parameter(ParameterSetName = Defined)]
    public IDictionary? Environment { get; set; }

    /// <summary><para type="description">Step settings: an object of New-RunAiStepSettings or a hashtable. The operator's defaults lie under them.</para></summary>
    [Parameter(ParameterSetName = Defined)]
    [StepSettingsTransformation]
    public StepSettingsInput? Settings { get; set; }

    /// <summary><para type="description">A step made by New-RunAiStep.</para></summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = Given)]
    [Alias("InputObject")]
    public Step? Step { get; set; }

    /// <inheritdoc/>
    protected override object? CurrentTarget => Step?.Name ?? Name;

    /// <summary>The name of the workload whose creation was asked for, null before that.</summary>
    private protected string? SentWorkload => _plan is { IsSent: true } ? _plan.WorkloadName : null;

    /// <summary>Submits the step that is meant, unless the user says no or only asks what would be done.</summary>
    private protected async Task<StepRun?> SubmitAsync(StepOperatorConnection connection, WorkContext context, CancellationToken token)
    {
        var step = Step ?? StepDefinition.Of(Name, Image, Command, Environment, Settings?.Read());
        var time = TimeProvider.System;
        return await new StepSubmitter(connection, time, new RunJournal([], time, context.Log)).SubmitAsync(step, RunId.New(time), Confirm, token).ConfigureAwait(false);

        Task<bool> Confirm(StepPlan plan)
        {
            _plan = plan;
            return context.Pump.CallAsync(() => ShouldSubmit(plan, connection.Operator));
        }
    }

    private bool ShouldSubmit(StepPlan plan, RunAi.StepOperator one)
    {
        var what = $"Submit workload '{plan.WorkloadName}' to project '{plan.Project.Name}' at {one.RunAiBaseUrl}";
        return ShouldProcess(IsWhatIf ? $"{what}\n{plan.RequestText}" : what, what + "?", MyInvocation.MyCommand.Name);
    }

    private bool IsWhatIf =>
        MyInvocation.BoundParameters.TryGetValue("WhatIf", out var bound)
            ? LanguagePrimitives.IsTrue(bound)
            : LanguagePrimitives.IsTrue(SessionState.PSVariable.GetValue("WhatIfPreference"));
}
