using System.Management.Automation;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

/// <summary>Every setting from the shell to the control plane and back.</summary>
[Collection(RegistrationCollection.Name)]
public sealed class SettingsTests(EmulatedControlPlane plane) : IDisposable
{
    /// <summary>Settings made by the helper commands, and the same as hashtables in ZenML's spelling.</summary>
    private const string Everything = """
        $made = New-RunAiStepSettings -GpuPortionRequest 0.5 -NodePools default -PriorityClass high -ExtendedResource @{ 'rdma/hca' = 1 } -CreateHomeDir -Tty `
            -Mount (New-RunAiMount -Pvc data /a -ReadOnly), (New-RunAiMount -Size 10G -StorageClass fast -AccessMode ReadWriteMany -Ephemeral /b),
                (New-RunAiMount -ConfigMap conf /c -DefaultMode '0644' -SubPath app/x), (New-RunAiMount -Secret hub /d -DefaultMode '0400'),
                (New-RunAiMount -Nfs nfs.example.org -Export /export /e -ReadOnly:$false), (New-RunAiMount -S3 bucket /f -Url https://s3.example.org -AccessKeySecret keys),
                (New-RunAiMount -HostPath /mnt /g -MountPropagation None), (New-RunAiMount -Git https://github.com/org/r /h -Branch main -SecretName git),
                (New-RunAiMount -EmptyDir /i -Medium Memory -SizeLimit 1G), (New-RunAiMount -DataVolume 123e4567-e89b-12d3-a456-426614174000 /j) `
            -Toleration (New-RunAiToleration spot -Value yes -Effect NoExecute -Seconds 60), gpu `
            -NodeAffinity (New-RunAiNodeAffinity zone -Value a, b), (New-RunAiNodeAffinity mem -Operator Gt -Value 64 -Term 2) `
            -PodAffinity (New-RunAiPodAffinity zone -Type Preferred) -SecurityContext (New-RunAiSecurityContext -RunAsUid 1000 -RunAsGid 100 -SupplementalGroup 2, 3 -Capability KILL) `
            -Port 80, (New-RunAiPort 6006 -ServiceType NodePort -External 30006) -ExposedUrl (New-RunAiExposedUrl 8888 -AuthorizedUser ada -ToolType jupyter) `
            -RelatedUrl (New-RunAiRelatedUrl https://wandb.ai/run -Type wandb) -ReadinessProbe (New-RunAiProbe 8080 -Path /health -Period 5) `
            -ImagePullSecret regcred, (New-RunAiImagePullSecret mine -UserCredential)
        $written = @{
            gpu_portion_request = 0.5; node_pools = 'default'; priority_class = 'high'; extended_resources = @{ 'rdma/hca' = 1 }; create_home_dir = $true; tty = $true
            pvc_mounts = @{ claim_name = 'data'; path = '/a'; read_only = $true }, @{ path = '/b'; ephemeral = $true; claim_info = @{ size = '10G'; storage_class = 'fast'; access_modes = 'readWriteMany' } }
            config_map_mounts = @{ config_map = 'conf'; mount_path = '/c'; default_mode = '0644'; sub_path = 'app/x' }
            secret_mounts = , @{ secret = 'hub'; mount_path = '/d'; default_mode = '0400' }
            nfs_mounts = @{ server = 'nfs.example.org'; path = '/export'; mount_path = '/e'; read_only = $false }
            s3_mounts = @{ bucket = 'bucket'; path = '/f'; url = 'https://s3.example.org'; access_key_secret = 'keys' }
            host_path_mounts = @{ path = '/mnt'; mount_path = '/g'; mount_propagation = 'None' }
            git_mounts = @{ repository = 'https://github.com/org/r'; path = '/h'; branch = 'main'; secret_name = 'git' }
            empty_dir_mounts = @{ path = '/i'; medium = 'Memory'; size_limit = '1G' }
            data_volume_mounts = @{ id = '123e4567-e89b-12d3-a456-426614174000'; mount_path = '/j' }
            tolerations = @{ key = 'spot'; value = 'yes'; effect = 'NoExecute'; seconds = 60 }, @{ key = 'gpu' }
            node_affinity = @{ key = 'zone'; values = 'a', 'b' }, @{ key = 'mem'; operator = 'Gt'; values = 64; term = 2 }
            pod_affinity = @{ key = 'zone'; type = 'Preferred' }
            security_context = @{ run_as_uid = 1000; run_as_gid = 100; supplemental_groups = 2, 3; capabilities = 'KILL' }
            ports = @{ container = 80 }, @{ container = 6006; service_type = 'NodePort'; external = 30006 }
            external_urls = @{ container = 8888; authorized_users = 'ada'; tool_type = 'jupyter' }
            related_urls = @{ url = 'https://wandb.ai/run'; type = 'wandb' }
            readiness_probe = @{ port = 8080; path = '/health'; period_seconds = 5 }
            image_pull_secrets = @{ name = 'regcred' }, @{ name = 'mine'; user_credential = $true }
        }

        """;

    private readonly Workspace _workspace = new(plane);

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData(PSLanguageMode.FullLanguage)]
    [InlineData(PSLanguageMode.ConstrainedLanguage)]
    public void EverySetting_FromCommandsOrHashtables_ReachesTheControlPlane(PSLanguageMode language)
    {
        _workspace.Shell.Runspace.SessionStateProxy.LanguageMode = language;
        var runs = _workspace.Run(Everything
            + "foreach ($settings in $made, $written) { Submit-RunAiStep full -Image busybox -Command 'true' -Settings $settings }")
            .ThrowIfFailed().Output;

        JsonObject[] specs = [.. runs.Select(run => Spec(run))];

        Assert.Equal(specs[0].ToJsonString(), specs[1].ToJsonString());
        Assert.Equal(
            ["configMapVolume", "dataVolume", "emptyDirVolume", "git", "hostPath", "nfs", "pvc", "s3", "secretVolume"],
            Names(specs[0]["storage"]!));
        Assert.Equal(
            """{"readOnlyMany":false,"readWriteMany":true,"readWriteOnce":false}""",
            Sorted(specs[0]["storage"]!["pvc"]![1]!["claimInfo"]!["accessModes"]!));
        Assert.Equal(
            """{"capabilities":["KILL"],"runAsGid":100,"runAsUid":1000,"supplementalGroups":"2,3","uidGidSource":"custom"}""",
            Sorted(specs[0]["security"]!));
        Assert.All(
            [
                "exposedUrls", "imagePullSecrets", "nodeAffinityRequired", "podAffinity", "ports", "priorityClass", "probes", "relatedUrls",
                "stdin", "tolerations", "tty",
            ],
            name => Assert.Contains(name, Names(specs[0])));
        Assert.Equal(Sent(runs[0]).ToJsonString(), specs[0].ToJsonString());
    }

    [Fact]
    public void DefaultSettings_OfAnOperator_AreKeptWithTheirGroups()
    {
        _workspace.Run(Everything + "Set-RunAiStepOperator demo -DefaultSettings $made").ThrowIfFailed();
        var runs = _workspace.Run(Everything + """
            Submit-RunAiStep inherits -Image busybox -Command 'true'
            Submit-RunAiStep given -Image busybox -Command 'true' -Settings $made
            """).ThrowIfFailed().Output;

        Assert.Equal(Spec(runs[1]).ToJsonString(), Spec(runs[0]).ToJsonString());
    }

    [Theory]
    [InlineData("New-RunAiMount -Pvc data data", "Path: 'data' is not an absolute path")]
    [InlineData(
        "New-RunAiMount -Secret Hub_Token /a -DefaultMode 644", "Secret: 'Hub_Token' is no name of an object",
        "DefaultMode: '644' is no mode")]
    [InlineData("New-RunAiPort 0 -ServiceType Cluster", "Container: 0 is no port", "ServiceType: 'Cluster' is none of")]
    [InlineData(
        "New-RunAiStepSettings -Mount @{ Pvc = 'a'; Path = '/a' }, @{ Secret = 'b'; Path = 'data' } -Port 70000",
        "Mount[1].Path: 'data' is not", "Port[0].Container: 70000")]
    [InlineData(
        "New-RunAiStepSettings -ExposedUrl @{ Container = 80; Aut = 'x' }", "ExposedUrl[0].Aut: is not a setting of an exposed URL.")]
    public void Mistakes_InGroups_AreToldAtOnceWithTheirPaths(string command, params string[] expected)
    {
        var error = _workspace.Run(command).TheError;

        Assert.StartsWith("RunAi.InvalidStepSettings,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(expected.Length, error.ToString().Split('\n').Length);
        Assert.All(expected, line => Assert.Contains(line, error.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("New-RunAiToleration a -Effect No", "NoSchedule", "NoExecute")]
    [InlineData("New-RunAiToleration a -Operator ", "Equal", "Exists")]
    [InlineData("New-RunAiNodeAffinity a -Operator G", "Gt")]
    [InlineData("New-RunAiSecurityContext -Capability SYSL", "SYSLOG")]
    [InlineData("New-RunAiMount -Size 1G /a -AccessMode readO", "readOnlyMany")]
    [InlineData("New-RunAiMount -HostPath /a /a -MountPropagation H", "HostToContainer")]
    [InlineData("New-RunAiPort 80 -ServiceType N", "NodePort")]
    [InlineData("New-RunAiStepSettings -RestartPolicy O", "OnFailure")]
    public void Words_OfSettings_AreCompleted(string typed, params string[] expected)
    {
        var offered = _workspace.Run($"(TabExpansion2 '{typed}' {typed.Length}).CompletionMatches.CompletionText").ThrowIfFailed().Output;

        Assert.Equal(expected, offered.Select(match => match.ToString()));
    }

    [Theory]
    [InlineData("New-RunAiMount -Pvc a /a")]
    [InlineData("New-RunAiToleration a")]
    [InlineData("New-RunAiNodeAffinity a")]
    [InlineData("New-RunAiPodAffinity a -Type Required")]
    [InlineData("New-RunAiSecurityContext -RunAsUid 1")]
    [InlineData("New-RunAiPort 80")]
    [InlineData("New-RunAiExposedUrl 80")]
    [InlineData("New-RunAiRelatedUrl https://a.example.org x")]
    [InlineData("New-RunAiProbe 80")]
    [InlineData("New-RunAiImagePullSecret a")]
    public void Objects_HaveAViewOfWhatTheyHold(string command)
    {
        var made = _workspace.Run(command).TheOutput;
        XElement view = Assert.Single(
            XDocument.Load(Path.Combine(Path.GetDirectoryName(Checkout.Manifest)!, "module", "RunAi.Format.ps1xml")).Descendants("View"),
            xElement => xElement.Descendants("TypeName").Any(type => type.Value == made.TypeNames[0]));

        Assert.All(view.Descendants("PropertyName"), property => Assert.NotNull(made.Properties[property.Value]));
        Assert.Equal(view.Descendants("TableColumnHeader").Count(), view.Descendants("TableColumnItem").Count());
    }

    private JsonObject Spec(PSObject run) =>
        WithoutRunLabels((JsonObject)plane.Training((string)run.Properties["WorkloadId"].Value)["spec"]!);

    /// <summary>What was sent for a run.</summary>
    private JsonObject Sent(PSObject run) => WithoutRunLabels((JsonObject)plane.RequestsInFull().Select(request => JsonNode.Parse(request)!)
        .Select(request => request["body"] is JsonValue text && text.TryGetValue(out string? body) ? JsonNode.Parse(body) : request["body"])
        .Single(body => (string?)body?["name"] == (string)run.Properties["WorkloadName"].Value)!["spec"]!);

    private static JsonObject WithoutRunLabels(JsonObject spec)
    {
        spec.Remove("labels");
        return (JsonObject)JsonNode.Parse(Sorted(spec))!;
    }

    private static string[] Names(JsonNode node) => [.. ((JsonObject)node).Select(entry => entry.Key).Order(StringComparer.Ordinal)];

    /// <summary>The same JSON with the names in order.</summary>
    private static string Sorted(JsonNode? node) => node switch
    {
        JsonObject json => "{" + string.Join(
            ",", json.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"\"{entry.Key}\":{Sorted(entry.Value)}")) + "}",
        JsonArray array => "[" + string.Join(",", array.Select(Sorted)) + "]",
        _ => node?.ToJsonString() ?? "null",
    };
}
