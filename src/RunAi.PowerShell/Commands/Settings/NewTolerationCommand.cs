using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.Steps;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Makes a toleration: a taint of nodes that a step puts up with.</para>
/// <para type="description">Goes into -Toleration of New-RunAiStepSettings, as does a hashtable with the same keys.</para>
/// </summary>
/// <example>
/// <para>Run on nodes with a taint</para>
/// <code test="emulator">New-RunAiToleration nvidia.com/gpu</code>
/// <para>A toleration comes back for the taint nvidia.com/gpu, of whatever value and effect.</para>
/// </example>
/// <example>
/// <para>Run on nodes that are kept for training</para>
/// <code test="emulator">New-RunAiToleration dedicated -Value training -Effect NoSchedule</code>
/// <para>A toleration comes back for the taint dedicated=training:NoSchedule.</para>
/// </example>
/// <example>
/// <para>Stay for a while after a taint appears</para>
/// <code test="emulator">New-RunAiStepSettings -Toleration (New-RunAiToleration spot -Effect NoExecute -Seconds 300)</code>
/// <para>Step settings come back. A pod stays 5 minutes on a node that gets the taint spot.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "RunAiToleration")]
[OutputType(typeof(Toleration))]
public sealed class NewTolerationCommand : SettingGroupCommand
{
    /// <summary><para type="description">The key of the taint.</para></summary>
    [Parameter(Position = 0)]
    public string? Key { get; set; }

    /// <summary><para type="description">Exists or Equal. Equal with a value and Exists without, unless given.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(SettingGroupCompleter))]
    public string? Operator { get; set; }

    /// <summary><para type="description">The value of the taint; any without it.</para></summary>
    [Parameter]
    public string? Value { get; set; }

    /// <summary><para type="description">NoSchedule, NoExecute, PreferNoSchedule or Any. Any unless given.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(SettingGroupCompleter))]
    public string? Effect { get; set; }

    /// <summary><para type="description">How long a pod stays on a node that gets the taint; with the effect NoExecute.</para></summary>
    [Parameter]
    [InvariantNumber(Whole = true)]
    public long? Seconds { get; set; }

    /// <summary><para type="description">The name a policy knows it by.</para></summary>
    [Parameter]
    public string? Name { get; set; }

    /// <summary><para type="description">Takes the one of this name out of what the project's policy adds.</para></summary>
    [Parameter]
    public SwitchParameter Exclude { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<SettingSchema> Kinds => [GroupSchemas.Toleration];
}
