using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.Steps;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Makes a node affinity: what a label of a node must be like to run a step.</para>
/// <para type="description">Goes into -NodeAffinity of New-RunAiStepSettings, as does a hashtable with the same keys. All of one term must
/// hold, and one term of all.</para>
/// </summary>
/// <example>
/// <para>Ask for a kind of GPU</para>
/// <code test="emulator">New-RunAiNodeAffinity nvidia.com/gpu.product -Value NVIDIA-L40S, NVIDIA-A100-SXM4-40GB</code>
/// <para>A node affinity comes back: the label must have one of the two values.</para>
/// </example>
/// <example>
/// <para>Ask for one of two things</para>
/// <code test="emulator">New-RunAiStepSettings -NodeAffinity (New-RunAiNodeAffinity topology.kubernetes.io/zone -Value a), (New-RunAiNodeAffinity nvidia.com/gpu.memory -Operator Gt -Value 40000 -Term 2)</code>
/// <para>Step settings come back. A node in zone a will do, or one whose GPUs have more than 40,000 MB.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "RunAiNodeAffinity")]
[OutputType(typeof(NodeAffinity))]
public sealed class NewNodeAffinityCommand : SettingGroupCommand
{
    /// <summary><para type="description">The name of the label.</para></summary>
    [Parameter(Position = 0)]
    public string? Key { get; set; }

    /// <summary>
    /// <para type="description">In, NotIn, Exists, DoesNotExist, Gt or Lt. In with values and Exists without, unless given.</para>
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(SettingGroupCompleter))]
    public string? Operator { get; set; }

    /// <summary><para type="description">What the label is compared with; one whole number with Gt and Lt.</para></summary>
    [Parameter]
    [Alias("values")]
    public string[]? Value { get; set; }

    /// <summary><para type="description">The term it belongs to, from 1. 1 unless given.</para></summary>
    [Parameter]
    [InvariantNumber(Whole = true)]
    public int? Term { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<SettingSchema> Kinds => [GroupSchemas.NodeAffinity];
}
