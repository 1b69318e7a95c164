using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.Steps;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Makes a probe: a request over HTTP that tells when a container is ready.</para>
/// <para type="description">Goes into -ReadinessProbe of New-RunAiStepSettings, as do the number of a port and a hashtable with the same
/// keys.</para>
/// </summary>
/// <example>
/// <para>Ask a path</para>
/// <code test="emulator">New-RunAiProbe 8080 -Path /health</code>
/// <para>A probe comes back: the container is ready when /health on port 8080 answers well.</para>
/// </example>
/// <example>
/// <para>Ask through HTTPS, after a while</para>
/// <code test="emulator">New-RunAiStepSettings -ReadinessProbe (New-RunAiProbe 8443 -Scheme HTTPS -InitialDelay 10 -FailureThreshold 5)</code>
/// <para>Step settings come back with a probe that begins after 10 seconds and allows 5 failures.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "RunAiProbe")]
[OutputType(typeof(Probe))]
public sealed class NewProbeCommand : SettingGroupCommand
{
    /// <summary><para type="description">The port that is asked.</para></summary>
    [Parameter(Position = 0)]
    [InvariantNumber(Whole = true)]
    public int? Port { get; set; }

    /// <summary><para type="description">The path that is asked for; / unless given.</para></summary>
    [Parameter]
    public string? Path { get; set; }

    /// <summary><para type="description">The host that is asked; the pod unless given.</para></summary>
    [Parameter]
    public string? HostName { get; set; }

    /// <summary><para type="description">HTTP or HTTPS. HTTP unless given.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(SettingGroupCompleter))]
    public string? Scheme { get; set; }

    /// <summary><para type="description">Seconds from the start to the first request.</para></summary>
    [Parameter]
    [Alias("initial_delay_seconds")]
    [InvariantNumber(Whole = true)]
    public long? InitialDelay { get; set; }

    /// <summary><para type="description">Seconds between two requests.</para></summary>
    [Parameter]
    [Alias("period_seconds")]
    [InvariantNumber(Whole = true)]
    public long? Period { get; set; }

    /// <summary><para type="description">Seconds until a request counts as failed.</para></summary>
    [Parameter]
    [Alias("timeout_seconds")]
    [InvariantNumber(Whole = true)]
    public long? Timeout { get; set; }

    /// <summary><para type="description">How many requests in a row must succeed.</para></summary>
    [Parameter]
    [Alias("success_threshold")]
    [InvariantNumber(Whole = true)]
    public int? SuccessThreshold { get; set; }

    /// <summary><para type="description">How many requests in a row may fail.</para></summary>
    [Parameter]
    [Alias("failure_threshold")]
    [InvariantNumber(Whole = true)]
    public int? FailureThreshold { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<SettingSchema> Kinds => [GroupSchemas.Probe];
}
