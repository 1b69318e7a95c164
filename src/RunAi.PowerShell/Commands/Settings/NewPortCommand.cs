using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.Steps;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Makes a port: one of the container that the cluster opens.</para>
/// <para type="description">Goes into -Port of New-RunAiStepSettings, as do a number and a hashtable with the same keys.</para>
/// </summary>
/// <example>
/// <para>Open a port inside the cluster</para>
/// <code test="emulator">New-RunAiPort 8080</code>
/// <para>A port for 8080 comes back.</para>
/// </example>
/// <example>
/// <para>Open a port of the node</para>
/// <code test="emulator">New-RunAiStepSettings -Port (New-RunAiPort 6006 -ServiceType NodePort -External 30006 -ToolType tensorboard)</code>
/// <para>Step settings come back in which port 6006 of the container is reached at port 30006 of its node.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "RunAiPort")]
[OutputType(typeof(Port))]
public sealed class NewPortCommand : SettingGroupCommand
{
    /// <summary><para type="description">The port of the container, 1 to 65535.</para></summary>
    [Parameter(Position = 0)]
    [Alias("ContainerPort")]
    [InvariantNumber(Whole = true)]
    public int? Container { get; set; }

    /// <summary><para type="description">LoadBalancer, NodePort or ClusterIP. ClusterIP unless given.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(SettingGroupCompleter))]
    [Alias("service_type")]
    public string? ServiceType { get; set; }

    /// <summary><para type="description">The port it is reached at; the cluster chooses one unless given.</para></summary>
    [Parameter]
    [InvariantNumber(Whole = true)]
    public int? External { get; set; }

    /// <summary><para type="description">The type of tool behind it, such as tensorboard.</para></summary>
    [Parameter]
    [Alias("tool_type")]
    public string? ToolType { get; set; }

    /// <summary><para type="description">What the tool is called.</para></summary>
    [Parameter]
    [Alias("tool_name")]
    public string? ToolName { get; set; }

    /// <summary><para type="description">The name a policy knows it by.</para></summary>
    [Parameter]
    public string? Name { get; set; }

    /// <summary><para type="description">Takes the one of this name out of what the project's policy adds.</para></summary>
    [Parameter]
    public SwitchParameter Exclude { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<SettingSchema> Kinds => [GroupSchemas.Port];
}
