using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.Steps;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Makes a pod affinity: whether the pods of a step run close to each other.</para>
/// <para type="description">Goes into -PodAffinity of New-RunAiStepSettings, as does a hashtable with the same keys.</para>
/// </summary>
/// <example>
/// <para>Keep pods in one zone where possible</para>
/// <code test="emulator">New-RunAiPodAffinity topology.kubernetes.io/zone -Type Preferred</code>
/// <para>A pod affinity comes back that the scheduler tries to follow.</para>
/// </example>
/// <example>
/// <para>Keep pods on one machine</para>
/// <code test="emulator">New-RunAiStepSettings -Parallelism 4 -Completions 4 -PodAffinity (New-RunAiPodAffinity kubernetes.io/hostname -Type Required)</code>
/// <para>Step settings come back for four pods that must share a node.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "RunAiPodAffinity")]
[OutputType(typeof(PodAffinity))]
public sealed class NewPodAffinityCommand : SettingGroupCommand
{
    /// <summary><para type="description">The label of nodes that says what close means.</para></summary>
    [Parameter(Position = 0)]
    public string? Key { get; set; }

    /// <summary><para type="description">Required or Preferred.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(SettingGroupCompleter))]
    public string? Type { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<SettingSchema> Kinds => [GroupSchemas.PodAffinity];
}
