using System.Collections;
using RunAi.Steps;

namespace RunAi.Tests.Steps;

/// <summary>Each rule of a mount, toleration, port and so on, by the one violation that tells of it.</summary>
public sealed class GroupValidationTests
{
    public static TheoryData<string, object, string> Wrong => new()
    {
        { "Mount", One(("Pvc", "data"), ("Path", "data")), "Mount[0].Path: 'data' is not an absolute path" },
        { "Mount", One(("Pvc", "data"), ("Path", "/")), "Mount[0].Path: is the root" },
        { "Mount", One(("Pvc", "data"), ("Path", "/a/../b")), "Mount[0].Path: '/a/../b' holds a colon or '..'" },
        { "Mount", One(("Pvc", "data"), ("Path", "/a:b")), "Mount[0].Path: '/a:b' holds a colon" },
        { "Mount", One(("Pvc", "data")), "Mount[0].Path: is missing. Say where the container sees it" },
        { "Mount", One(("Pvc", "My_Data"), ("Path", "/a")), "Mount[0].ClaimName: 'My_Data' is no name of an object in the cluster" },
        {
            "Mount", One(("Secret", "{{vault.key}}"), ("Path", "/a")),
            "Mount[0].Secret: is a secret reference, but names an object in the cluster"
        },
        { "Mount", One(("Kind", "pvc"), ("Path", "/a")), "Mount[0].ClaimName: is missing. Name the claim that is there, or give the Size" },
        { "Mount", One(("Pvc", "data"), ("Path", "/a"), ("ExistingPvc", false)), "Mount[0].Size: is missing. A claim that is made" },
        { "Mount", One(("Pvc", "data"), ("Path", "/a"), ("StorageClass", "fast")), "Mount[0].Size: is missing. A claim that is made" },
        {
            "Mount", One(("Pvc", "data"), ("Path", "/a"), ("ExistingPvc", true), ("Size", "1G")),
            "Mount[0].Size: is for a claim that is to be made"
        },
        {
            "Mount", One(("Pvc", "data"), ("Path", "/a"), ("ExistingPvc", true), ("Ephemeral", true)),
            "Mount[0].Ephemeral: would delete a claim"
        },
        { "Mount", One(("Pvc", "data"), ("Path", "/a"), ("Size", "1GB")), "Mount[0].Size: '1GB' is not a Kubernetes quantity" },
        {
            "Mount", One(("Pvc", "data"), ("Path", "/a"), ("Size", "1G"), ("AccessMode", "ReadWriteOften")),
            "Mount[0].AccessMode: 'ReadWriteOften' is none of readWriteOnce, readOnlyMany, readWriteMany."
        },
        {
            "Mount", One(("Pvc", "data"), ("Path", "/a"), ("Size", "1G"), ("VolumeMode", "Blocks")),
            "Mount[0].VolumeMode: 'Blocks' is none of Filesystem, Block. Did you mean Block?"
        },
        {
            "Mount", One(("Pvc", "data"), ("Path", "/a"), ("ClaimNam", "x")),
            "Mount[0].ClaimNam: is not a setting of a mount of kind pvc. Did you mean ClaimName?"
        },
        { "Mount", One(("Pvc", "data"), ("Path", "/a"), ("Bucket", "x")), "Mount[0]: speaks of pvc and s3. Make one of each." },
        { "Mount", One(("Path", "/a")), "Mount[0]: does not say its kind. Give it one of the keys pvc, configMap, secret" },
        { "Mount", One(("Kind", "pvcs"), ("Path", "/a")), "Mount[0].Kind: 'pvcs' is none of pvc, configMap" },
        { "Mount", "/data", "Mount[0]: is not a mount of kind pvc. Give a table such as @{ Pvc = 'data'; Path = '/data' }" },
        { "Mount", One(("ConfigMap", "a"), ("Path", "/a"), ("DefaultMode", "644")), "Mount[0].DefaultMode: '644' is no mode of a file" },
        { "Mount", One(("ConfigMap", "a"), ("Path", "/a"), ("DefaultMode", "0888")), "Mount[0].DefaultMode: '0888' is no mode of a file" },
        { "Mount", One(("ConfigMap", "a"), ("Path", "/a"), ("SubPath", "/x")), "Mount[0].SubPath: is not a path within the volume" },
        { "Mount", One(("ConfigMap", "a"), ("Path", "/a"), ("SubPath", "../x")), "Mount[0].SubPath: leads out of the volume" },
        { "Mount", One(("Nfs", "nfs.example.org"), ("Path", "/a")), "Mount[0].Export: is missing. Name the path that the server exports" },
        {
            "Mount", One(("Nfs", "nfs://server"), ("Export", "/x"), ("Path", "/a")),
            "Mount[0].Server: 'nfs://server' is no name or address of a host"
        },
        { "Mount", One(("Nfs", "10.0.0.1"), ("Export", "x"), ("Path", "/a")), "Mount[0].Export: 'x' is not an absolute path" },
        { "Mount", One(("S3", "b"), ("Path", "/a"), ("Url", "s3.example.org")), "Mount[0].Url: is not an address that begins with http" },
        {
            "Mount", One(("S3", "b"), ("Path", "/a"), ("Url", "https://me:pass@s3.example.org")),
            "Mount[0].Url: holds a user name or password"
        },
        {
            "Mount", One(("S3", "b"), ("Path", "/a"), ("AccessKeyIdKey", "id")),
            "Mount[0].AccessKeyIdKey: says nothing without AccessKeySecret"
        },
        { "Mount", One(("HostPath", "mnt"), ("Path", "/a")), "Mount[0].HostPath: 'mnt' is not an absolute path" },
        {
            "Mount", One(("HostPath", "/mnt"), ("Path", "/a"), ("MountPropagation", "Bidirectional")),
            "Mount[0].MountPropagation: 'Bidirectional' is none of None, HostToContainer"
        },
        {
            "Mount", One(("Git", "https://me:token@github.com/org/r"), ("Path", "/a")), "Mount[0].Repository: holds a user name or password"
        },
        { "Mount", One(("Git", "repository"), ("Path", "/a")), "Mount[0].Repository: is not the address of a repository" },
        {
            "Mount", One(("Git", "git@github.com:org/r"), ("Path", "/a"), ("UserKey", "u")),
            "Mount[0].UserKey: says nothing without SecretName"
        },
        { "Mount", One(
            ("Git", "git@github.com:org/r"), ("Path", "/a"), ("SecretName", "s"), ("AuthenticationMethod", "ssh-key"), ("UserKey", "u")),
            "Mount[0].UserKey: goes with AuthenticationMethod password" },
        { "Mount", One(("EmptyDir", true), ("Path", "/a"), ("SizeLimit", "0")), "Mount[0].SizeLimit: 0 is not above 0" },
        { "Mount", One(("EmptyDir", true), ("Path", "/a"), ("Medium", "Disk")), "Mount[0].Medium: 'Disk' is none of Memory." },
        { "Mount", One(("DataVolume", "mine"), ("Path", "/a")), "Mount[0].DataVolumeId: 'mine' is not the UUID of a data volume" },
        {
            "Mount", new[] { One(("Pvc", "a"), ("Path", "/a")), One(("Secret", "b"), ("Path", "/a/")) },
            "Mount[1].Path: /a is where another mount is"
        },
        {
            "Mount", new[] { Host("/a", "None"), Host("/b", null) },
            "Mount[1].MountPropagation: differs from that of another hostPath mount"
        },
        {
            "Mount", new[] { One(("Pvc", "a"), ("Path", "/a"), ("Name", "x")), One(("Secret", "b"), ("Path", "/b"), ("Name", "x")) },
            "Mount[1].Name: x is the name of another entry too"
        },
        { "Toleration", One(("Operator", "Exists")), "Toleration[0].Key: is missing. Name the key of the taint" },
        { "Toleration", One(("Key", "a b")), "Toleration[0].Key: 'a b' is no name of a label" },
        {
            "Toleration",
            One(("Key", "a"), ("Operator", "Exists"), ("Value", "b")),
            "Toleration[0].Value: is not compared with Operator Exists"
        },
        { "Toleration", One(("Key", "a"), ("Operator", "Equal")), "Toleration[0].Value: is missing. Operator Equal compares it" },
        {
            "Toleration",
            One(("Key", "a"), ("Effect", "NoExec")),
            "Toleration[0].Effect: 'NoExec' is none of NoSchedule, NoExecute, PreferNoSchedule, Any. Did you mean NoExecute?"
        },
        { "Toleration", One(("Key", "a"), ("Seconds", 5)), "Toleration[0].Seconds: count with Effect NoExecute alone" },
        { "Toleration", One(("Key", "a"), ("Seconds", 0), ("Effect", "NoExecute")), "Toleration[0].Seconds: 0 is below 1." },
        { "Port", 0, "Port[0].Container: 0 is no port." },
        { "Port", 65536, "Port[0].Container: 65536 is no port." },
        { "Port", new[] { 80, 8080, 80 }, "Port[2].Container: 80 is opened by another entry" },
        {
            "Port", One(("Container", 80), ("ServiceType", "Cluster")),
            "Port[0].ServiceType: 'Cluster' is none of LoadBalancer, NodePort, ClusterIP."
        },
        { "Port", One(("Container", 80), ("External", 70000)), "Port[0].External: 70000 is no port." },
        { "Port", One(("Container", "http")), "Port[0].Container: 'http' is not a whole number." },
        { "ExposedUrl", new[] { 80, 80 }, "ExposedUrl[1].Container: 80 is given a URL by another entry" },
        {
            "ExposedUrl",
            One(("Container", 80), ("AuthorizedUser", "ada"), ("AuthorizedGroup", "staff")),
            "ExposedUrl[0].AuthorizedGroup: is given beside AuthorizedUser"
        },
        { "ExposedUrl", One(("Container", 80), ("AuthorizationType", "authorizedUsers")), "ExposedUrl[0].AuthorizedUser: is missing." },
        {
            "ExposedUrl", One(("Container", 80), ("AuthorizationType", "authenticatedUsers"), ("AuthorizedUser", "ada")),
            "ExposedUrl[0].AuthorizedUser: is ignored with AuthorizationType authenticatedUsers"
        },
        { "RelatedUrl", One(("Url", "https://a.example.org")), "RelatedUrl[0].Type: is missing. Say what it is" },
        { "RelatedUrl", One(("Url", "ftp://a"), ("Type", "x")), "RelatedUrl[0].Url: is not an address that begins with http" },
        { "ImagePullSecret", "Reg_Cred", "ImagePullSecret[0].Name: 'Reg_Cred' is no name of an object" },
        { "ImagePullSecret", new[] { "a", "a" }, "ImagePullSecret[1].Name: a is named by another entry" },
        {
            "SecurityContext",
            One(("UidGidSource", "fromTheImage"), ("RunAsUid", 5)),
            "SecurityContext.RunAsUid: is not used with UidGidSource fromTheImage"
        },
        {
            "SecurityContext",
            One(("UidGidSource", "image")),
            "SecurityContext.UidGidSource: 'image' is none of fromTheImage, fromIdpToken, custom."
        },
        { "SecurityContext", One(("RunAsUid", -1)), "SecurityContext.RunAsUid: -1 is no id of a user or group" },
        {
            "SecurityContext", One(("RunAsUid", 0), ("RunAsNonRoot", true)), "SecurityContext.RunAsUid: is root, which RunAsNonRoot forbids"
        },
        {
            "SecurityContext",
            One(("SupplementalGroup", new[] { "2", "staff" })),
            "SecurityContext.SupplementalGroup: 'staff' is no id of a group"
        },
        { "SecurityContext", One(("SupplementalGroup", "2;3")), "SecurityContext.SupplementalGroup: '2;3' is no id of a group" },
        { "SecurityContext", One(("Capability", "CAP_NET_ADMIN")), "SecurityContext.Capability: 'CAP_NET_ADMIN' is none of AUDIT_CONTROL" },
        {
            "SecurityContext",
            One(("Capability", "SYS_ADMIN"), ("AllowPrivilegeEscalation", false)),
            "SecurityContext.AllowPrivilegeEscalation: cannot be false with the capability SYS_ADMIN"
        },
        {
            "SecurityContext",
            One(("SeccompProfileType", "Localhost")),
            "SecurityContext.SeccompProfileType: Localhost is not supported by Run:ai yet"
        },
        { "NodeAffinity", One(("Key", "gpu"), ("Operator", "In")), "NodeAffinity[0].Value: is missing. In and NotIn" },
        {
            "NodeAffinity",
            One(("Key", "gpu"), ("Operator", "Exists"), ("Value", "a")),
            "NodeAffinity[0].Value: is not compared with Operator Exists"
        },
        { "NodeAffinity", One(("Key", "gpu"), ("Operator", "Gt"), ("Value", "many")), "NodeAffinity[0].Value: is not one whole number" },
        {
            "NodeAffinity",
            One(("Key", "gpu"), ("Operator", "Gt"), ("Value", new[] { 1, 2 })),
            "NodeAffinity[0].Value: is not one whole number"
        },
        { "NodeAffinity", One(("Key", "gpu"), ("Term", 0)), "NodeAffinity[0].Term: 0 is below 1." },
        { "PodAffinity", One(("Key", "zone")), "PodAffinity.Type: is missing." },
        { "PodAffinity", "zone", "PodAffinity: is not a pod affinity. Give a table such as @{ Type = 'Preferred'" },
        { "ReadinessProbe", One(("Path", "/health")), "ReadinessProbe.Port: is missing. Name the port" },
        { "ReadinessProbe", One(("Port", 80), ("Path", "health?x=1")), "ReadinessProbe.Path: 'health?x=1' is no path that can be probed" },
        { "ReadinessProbe", One(("Port", 80), ("InitialDelay", -1)), "ReadinessProbe.InitialDelay: -1 is not between 0 and 2147483647." },
        { "ReadinessProbe", One(("Port", 80), ("Period", 0)), "ReadinessProbe.Period: 0 is not between 1 and" },
        { "ReadinessProbe", One(("Port", 80), ("Timeout", 0)), "ReadinessProbe.Timeout: 0 is not between 1 and" },
        { "ReadinessProbe", One(("Port", 80), ("FailureThreshold", 0)), "ReadinessProbe.FailureThreshold: 0 is below 1." },
        { "ReadinessProbe", One(("Port", 80), ("SuccessThreshold", 0)), "ReadinessProbe.SuccessThreshold: 0 is below 1." },
        { "ReadinessProbe", One(("Port", 80), ("Scheme", "FTP")), "ReadinessProbe.Scheme: 'FTP' is none of HTTP, HTTPS." },
        { "ExtendedResource", One(("hca", 1)), "ExtendedResource: 'hca' is no name of an extended resource" },
        {
            "ExtendedResource",
            One(("rdma/hca", "0.5")),
            "ExtendedResource: the amount of 'rdma/hca' is 0.5. Devices are counted in whole numbers."
        },
        { "ExtendedResource", One(("rdma/hca", "few")), "ExtendedResource: the amount of 'rdma/hca': 'few' is not a Kubernetes quantity" },
        { "Tty", true, "Tty: needs Stdin, which is false." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void FromDictionary_OneFault_IsToldWithItsPath(string setting, object value, string expected)
    {
        var values = new Hashtable { [setting] = value };
        if (setting == "Tty")
        {
            values["Stdin"] = false;
        }

        var failure = Assert.Throws<StepSettingsException>(() => StepSettings.FromDictionary(values));
        Assert.StartsWith(expected, Assert.Single(failure.Violations).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void FromDictionary_FaultsInManyPlaces_AreAllToldInTheirOrder()
    {
        var failure = Assert.Throws<StepSettingsException>(() => StepSettings.FromDictionary(new Hashtable
        {
            ["readiness_probe"] = 0,
            ["ports"] = new object[] { 80, 70000 },
            ["pvc_mounts"] = new[] { One(("claim_name", "a"), ("path", "data")), One(("claim_name", "b"), ("path", "/b"), ("size", "x")) },
            ["nfs_mounts"] = One(("path", "/export"), ("mount_path", "/b")),
            ["gpu_portion_request"] = 2,
        }));
        Assert.Equal(
            [
                "GpuPortionRequest", "Mount[0].Path", "Mount[1].Size", "Mount[2].Server", "Mount[2].Path", "Port[1].Container",
                "ReadinessProbe.Port",
            ],
            failure.Violations.Select(violation => violation.Field));
    }

    [Theory]
    [InlineData("/.runai", "emptyDir", "is in /.runai, where the step runner is")]
    [InlineData("/.runai/bin", "pvc", "is in /.runai, where the step runner is")]
    [InlineData("/runai/inputs", "pvc", "is in /runai, where the step's inputs and outputs go")]
    [InlineData("/runai/", "pvc", "is in /runai, where the step's inputs and outputs go")]
    [InlineData("/runai", "emptyDir", null)]
    [InlineData("/runai-data", "pvc", null)]
    [InlineData("/opt", "pvc", "would hide the step's code in /opt/code")]
    [InlineData("/opt/code/data", "pvc", null)]
    public void Mount_OverWhatTheStepRunnerUses_IsRefused(string path, string kind, string? expected)
    {
        using var folder = new TemporaryFolder();
        var step = new Step { Name = "s", BaseImage = "busybox", Source = folder.Location, WorkingDir = "/opt/code", Command = ["x"] };
        step.Settings = StepSettings.FromDictionary(
            new Hashtable { ["Mount"] = One((kind == "pvc" ? "Pvc" : "EmptyDir", kind == "pvc" ? "data" : true), ("Path", path)) });

        var failure = Record.Exception(() => StepValidation.ThrowIfInvalid(step)) as StepSettingsException;

        Assert.Equal(expected is null, failure is null);
        Assert.Contains(expected ?? "", failure?.Message ?? "", StringComparison.Ordinal);
        step.Source = step.BaseImage = step.WorkingDir = null;
        step.Image = "busybox";
        StepValidation.ThrowIfInvalid(step);
    }

    [Fact]
    public void Mount_WhereRunaiHomeIsElsewhere_MayTakeItsPlace() => StepValidation.ThrowIfInvalid(new Step
    {
        Name = "s",
        BaseImage = "busybox",
        Command = ["x"],
        Environment = new Hashtable { ["RUNAI_HOME"] = "/scratch" },
        Settings = StepSettings.FromDictionary(new Hashtable { ["Mount"] = One(("Pvc", "data"), ("Path", "/runai")) }),
    });

    private static Hashtable Host(string path, string? propagation) => propagation is null
        ? One(("HostPath", "/mnt"), ("Path", path))
        : One(("HostPath", "/mnt"), ("Path", path), ("MountPropagation", propagation));

    private static Hashtable One(params (string Key, object Value)[] entries)
    {
        var table = new Hashtable();
        foreach ((var key, var value) in entries)
        {
            table[key] = value;
        }

        return table;
    }
}
