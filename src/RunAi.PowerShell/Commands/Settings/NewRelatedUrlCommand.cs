using System.Management.Automation;
using RunAi.Steps;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Makes a related URL: a page that belongs to a step and is shown beside it.</para>
/// <para type="description">Goes into -RelatedUrl of New-RunAiStepSettings, as does a hashtable with the same keys.</para>
/// </summary>
/// <example>
/// <para>Link the page of an experiment</para>
/// <code test="emulator">New-RunAiRelatedUrl https://wandb.ai/org/run -Type wandb</code>
/// <para>A related URL comes back, shown as Weights and Biases beside the workload.</para>
/// </example>
/// <example>
/// <para>Link the pipeline that runs</para>
/// <code test="emulator">New-RunAiStepSettings -RelatedUrl (New-RunAiRelatedUrl "$env:SYSTEM_COLLECTIONURI$env:SYSTEM_TEAMPROJECT" -Type pipeline)</code>
/// <para>Step settings come back with the address of the Azure DevOps project, from the agent's variables.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "RunAiRelatedUrl")]
[OutputType(typeof(RelatedUrl))]
public sealed class NewRelatedUrlCommand : SettingGroupCommand
{
    /// <summary><para type="description">The address of the page, http or https, without a password.</para></summary>
    [Parameter(Position = 0)]
    public string? Url { get; set; }

    /// <summary><para type="description">What it is, such as wandb.</para></summary>
    [Parameter(Position = 1)]
    public string? Type { get; set; }

    /// <summary><para type="description">The name a policy knows it by.</para></summary>
    [Parameter]
    public string? Name { get; set; }

    /// <summary><para type="description">Takes the one of this name out of what the project's policy adds.</para></summary>
    [Parameter]
    public SwitchParameter Exclude { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<SettingSchema> Kinds => [GroupSchemas.RelatedUrl];
}
