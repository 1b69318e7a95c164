using RunAi.Steps;

namespace RunAi;

/// <summary>
/// A request over HTTP that tells when a container is ready (<c>probes.readiness</c>; Kubernetes, "Configure Probes"). Made by
/// <c>New-RunAiProbe</c>.
/// </summary>
public sealed class Probe : SettingGroup
{
    internal Probe()
        : base(GroupSchemas.Probe)
    {
    }

    /// <summary>The port that is asked, 1 to 65535 (<c>handler.httpGet.port</c>).</summary>
    public int? Port { get => Get<int?>(); internal init => Set(value); }

    /// <summary>The path that is asked for (<c>handler.httpGet.path</c>); <c>/</c> unless set.</summary>
    public string? Path { get => Get<string>(); internal init => Set(value); }

    /// <summary>The host that is asked (<c>handler.httpGet.host</c>); the pod unless set.</summary>
    public string? HostName { get => Get<string>(); internal init => Set(value); }

    /// <summary><c>HTTP</c> or <c>HTTPS</c> (<c>handler.httpGet.scheme</c>); HTTP unless set.</summary>
    public string? Scheme { get => Get<string>(); internal init => Set(value); }

    /// <summary>Seconds from the start to the first request, 0 or more (<c>initialDelaySeconds</c>).</summary>
    public long? InitialDelay { get => Get<long?>(); internal init => Set(value); }

    /// <summary>Seconds between two requests, 1 or more (<c>periodSeconds</c>).</summary>
    public long? Period { get => Get<long?>(); internal init => Set(value); }

    /// <summary>Seconds until a request has failed, 1 or more (<c>timeoutSeconds</c>).</summary>
    public long? Timeout { get => Get<long?>(); internal init => Set(value); }

    /// <summary>How many requests in a row must succeed, 1 or more (<c>successThreshold</c>).</summary>
    public int? SuccessThreshold { get => Get<int?>(); internal init => Set(value); }

    /// <summary>How many requests in a row may fail, 1 or more (<c>failureThreshold</c>).</summary>
    public int? FailureThreshold { get => Get<int?>(); internal init => Set(value); }

    /// <summary>What is asked.</summary>
    /// <returns>For example <c>HTTP :8080/health</c>.</returns>
    public override string ToString() => $"{Scheme ?? "HTTP"} {HostName}:{Port}{Path}";
}
