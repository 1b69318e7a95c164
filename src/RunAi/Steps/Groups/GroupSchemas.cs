using static RunAi.Steps.GroupRules;
using static RunAi.Steps.SettingRules;
using static RunAi.Steps.StepSettingKind;

namespace RunAi.Steps;

/// <summary>The tables of the groups of settings that have one kind each.</summary>
internal static class GroupSchemas
{
    private static readonly StepSetting Name = new("Name", "name", "name", Text, NotEmpty);
    private static readonly StepSetting Exclude = new("Exclude", "exclude", "exclude", Flag, Any);
    private static readonly StepSetting ToolType = new("ToolType", "tool_type", "toolType", Text, NotEmpty);
    private static readonly StepSetting ToolName = new("ToolName", "tool_name", "toolName", Text, NotEmpty);
    private static readonly StepSetting Container = new("Container", "container", "container", WholeNumber, PortNumber)
    { Required = "Name the port of the container, such as 8080." };

    public static readonly SettingSchema Toleration = new("a toleration", _ => new Toleration(),
        [
            new("Key", "key", "key", Text, LabelName) { Required = "Name the key of the taint, such as nvidia.com/gpu." },
            new("Operator", "operator", "operator", Choice, Any)
                { Options = ["Equal", "Exists"], Implied = toleration => toleration["Value"] is null ? "Exists" : "Equal" },
            new("Value", "value", "value", Text, LabelValue),
            new("Effect", "effect", "effect", Choice, Any)
            {
                Options = ["NoSchedule", "NoExecute", "PreferNoSchedule", "Any"],
                Implied = _ => "Any",
            },
            new("Seconds", "seconds", "seconds", StepSettingKind.Seconds, AtLeast(1)),
            Name,
            Exclude,
        ])
    { Short = "Key", Example = "@{ Key = 'nvidia.com/gpu'; Effect = 'NoSchedule' }", Relations = GroupRelations.OfToleration };

    public static readonly SettingSchema Port = new("a port", _ => new Port(),
        [
            Container,
            new("ServiceType", "service_type", "serviceType", Choice, Any)
            {
                Options = ["LoadBalancer", "NodePort", "ClusterIP"],
                Implied = _ => "ClusterIP",
            },
            new("External", "external", "external", WholeNumber, PortNumber),
            ToolType,
            ToolName,
            Name,
            Exclude,
        ])
    { Short = "Container", Example = "@{ Container = 8080; ServiceType = 'NodePort' }", Identity = ContainerOf };

    public static readonly SettingSchema ExposedUrl = new("an exposed URL", _ => new ExposedUrl(),
        [
            Container,
            new("Url", "url", "url", Text, WebAddress),
            new("AuthorizationType", "authorization_type", "authorizationType", Choice, Any)
                { Options = ["authenticatedUsers", "authorizedUsers", "authorizedGroups"] },
            new("AuthorizedUser", "authorized_users", "authorizedUsers", TextList, Distinct) { OtherNames = ["AuthorizedUsers"] },
            new("AuthorizedGroup", "authorized_groups", "authorizedGroups", TextList, Distinct) { OtherNames = ["AuthorizedGroups"] },
            ToolType,
            ToolName,
            Name,
            Exclude,
        ])
    {
        Short = "Container",
        Example = "@{ Container = 8888; ToolType = 'jupyter' }",
        Relations = GroupRelations.OfExposedUrl,
        Identity = ContainerOf,
    };

    public static readonly SettingSchema RelatedUrl = new("a related URL", _ => new RelatedUrl(),
        [
            new("Url", "url", "url", Text, WebAddress) { Required = "Give the address of the page." },
            new("Type", "type", "type", Text, NotEmpty) { Required = "Say what it is, such as wandb." },
            Name,
            Exclude,
        ])
    { Example = "@{ Url = 'https://wandb.ai/org/run'; Type = 'wandb' }" };

    public static readonly SettingSchema ImagePullSecret = new("an image pull secret", _ => new ImagePullSecret(),
        [
            new("Name", "name", "name", Text, ObjectName) { Required = "Name the secret." },
            new("UserCredential", "user_credential", "userCredential", Flag, Any),
            Exclude,
        ])
    { Short = "Name", Example = "@{ Name = 'regcred' }", Identity = secret => (string?)secret["Name"] ?? "" };

    public static readonly SettingSchema IdleLimit = new("an idle limit", _ => new IdleLimit(),
        [
            new("Below", "below", null, Number, Percentage) { Required = "Say below how many percent of use GPUs are idle, such as 5." },
            new("For", "for", null, Time, SettingRules.LongerThanZero) { Required = "Say how long they may be, such as '00:30:00'." },
        ])
    { Example = "@{ Below = 5; For = '00:30:00' }" };

    public static readonly SettingSchema SecurityContext = new("a security context", _ => new SecurityContext(),
        [
            new("UidGidSource", "uid_gid_source", "uidGidSource", Choice, Any)
                {
                    Options = ["fromTheImage", "fromIdpToken", "custom"],
                    Implied = security => GroupRelations.NamesUser(security) ? "custom" : null,
                },
            new("RunAsUid", "run_as_uid", "runAsUid", WholeNumber, UserOrGroup),
            new("RunAsGid", "run_as_gid", "runAsGid", WholeNumber, UserOrGroup),
            new("SupplementalGroup", "supplemental_groups", "supplementalGroups", TextList, Groups)
                { Form = WireForm.CommaJoined, OtherNames = ["SupplementalGroups"] },
            new("RunAsNonRoot", "run_as_non_root", "runAsNonRoot", Flag, Any),
            new("ReadOnlyRootFilesystem", "read_only_root_filesystem", "readOnlyRootFilesystem", Flag, Any),
            new("AllowPrivilegeEscalation", "allow_privilege_escalation", "allowPrivilegeEscalation", Flag, Any),
            new("HostIpc", "host_ipc", "hostIpc", Flag, Any),
            new("HostNetwork", "host_network", "hostNetwork", Flag, Any),
            new("Capability", "capabilities", "capabilities", ChoiceList, Any) { Options = Capabilities.All },
            new("SeccompProfileType", "seccomp_profile_type", "seccompProfileType", Choice, Any)
            {
                Options = ["RuntimeDefault", "Unconfined", "Localhost"],
            },
        ])
    {
        Example = "@{ RunAsUid = 1000; RunAsGid = 1000 }",
        Relations = GroupRelations.OfSecurity,
        Inherits = GroupRelations.InheritsSecurity,
    };

    public static readonly SettingSchema NodeAffinity = new("a node affinity", _ => new NodeAffinity(),
        [
            new("Key", "key", "key", Text, LabelName) { Required = "Name the label of the node, such as nvidia.com/gpu.product." },
            new("Operator", "operator", "operator", Choice, Any)
                {
                    Options = ["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"],
                    Implied = affinity => affinity["Value"] is null ? "Exists" : "In",
                },
            new("Value", "values", "values", TextList, Distinct) { OtherNames = ["Values"] },
            new("Term", "term", null, WholeNumber, AtLeast(1)),
        ])
    {
        Short = "Key",
        Example = "@{ Key = 'nvidia.com/gpu.product'; Operator = 'In'; Value = 'A100', 'H100' }",
        Relations = GroupRelations.OfNodeAffinity,
    };

    public static readonly SettingSchema PodAffinity = new("a pod affinity", _ => new PodAffinity(),
        [
            new("Type", "type", "type", Choice, Any)
            {
                Options = ["Required", "Preferred"],
                Required = "Say whether it must be: Required or Preferred.",
            },
            new("Key", "key", "key", Text, LabelName) { Required = "Name the label of nodes, such as topology.kubernetes.io/zone." },
        ])
    { Example = "@{ Type = 'Preferred'; Key = 'topology.kubernetes.io/zone' }" };

    public static readonly SettingSchema Probe = new("a probe", _ => new Probe(),
        [
            new("Port", "port", "handler.httpGet.port", WholeNumber, PortNumber)
            {
                Required = "Name the port that is asked, such as 8080.",
            },
            new("Path", "path", "handler.httpGet.path", Text, UrlPath),
            new("HostName", "host", "handler.httpGet.host", Text, Host) { OtherNames = ["Host"] },
            new("Scheme", "scheme", "handler.httpGet.scheme", Choice, Any) { Options = ["HTTP", "HTTPS"] },
            new("InitialDelay", "initial_delay_seconds", "initialDelaySeconds", StepSettingKind.Seconds, GroupRules.Seconds(0))
            {
                OtherNames = ["InitialDelaySeconds"],
            },
            new("Period", "period_seconds", "periodSeconds", StepSettingKind.Seconds, GroupRules.Seconds(1))
            {
                OtherNames = ["PeriodSeconds"],
            },
            new("Timeout", "timeout_seconds", "timeoutSeconds", StepSettingKind.Seconds, GroupRules.Seconds(1))
            {
                OtherNames = ["TimeoutSeconds"],
            },
            new("SuccessThreshold", "success_threshold", "successThreshold", WholeNumber, AtLeast(1)),
            new("FailureThreshold", "failure_threshold", "failureThreshold", WholeNumber, AtLeast(1)),
        ])
    { Short = "Port", Example = "@{ Port = 8080; Path = '/health' }" };

    private static string ContainerOf(SettingGroup group) => $"{group["Container"] ?? group["Name"]}";
}
