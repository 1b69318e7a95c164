using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.Steps;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Makes an exposed URL: a port of the container that gets one.</para>
/// <para type="description">Goes into -ExposedUrl of New-RunAiStepSettings, as do a number and a hashtable with the same keys.</para>
/// </summary>
/// <example>
/// <para>Make a URL for a notebook</para>
/// <code test="emulator">New-RunAiExposedUrl 8888 -ToolType jupyter</code>
/// <para>An exposed URL for port 8888 comes back, shown as Jupyter in the user interface.</para>
/// </example>
/// <example>
/// <para>Let one person in</para>
/// <code test="emulator">New-RunAiStepSettings -ExposedUrl (New-RunAiExposedUrl 6006 -AuthorizedUser ada@example.org)</code>
/// <para>Step settings come back with a URL for port 6006 that only this user may open.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "RunAiExposedUrl")]
[OutputType(typeof(ExposedUrl))]
public sealed class NewExposedUrlCommand : SettingGroupCommand
{
    /// <summary><para type="description">The port of the container, 1 to 65535.</para></summary>
    [Parameter(Position = 0)]
    [Alias("ContainerPort")]
    [InvariantNumber(Whole = true)]
    public int? Container { get; set; }

    /// <summary><para type="description">The URL, http or https; Run:ai makes one unless given.</para></summary>
    [Parameter]
    public string? Url { get; set; }

    /// <summary>
    /// <para type="description">Who may use it: authenticatedUsers, authorizedUsers or authorizedGroups. What is named decides unless
    /// given.</para>
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(SettingGroupCompleter))]
    [Alias("authorization_type")]
    public string? AuthorizationType { get; set; }

    /// <summary><para type="description">The users who may use it; not beside -AuthorizedGroup.</para></summary>
    [Parameter]
    [Alias("authorized_users")]
    public string[]? AuthorizedUser { get; set; }

    /// <summary><para type="description">The groups who may use it; not beside -AuthorizedUser.</para></summary>
    [Parameter]
    [Alias("authorized_groups")]
    public string[]? AuthorizedGroup { get; set; }

    /// <summary><para type="description">The type of tool behind it, such as jupyter.</para></summary>
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
    private protected override IReadOnlyList<SettingSchema> Kinds => [GroupSchemas.ExposedUrl];
}
