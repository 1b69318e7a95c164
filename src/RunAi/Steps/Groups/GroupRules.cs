using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;

namespace RunAi.Steps;

/// <summary>The rules of values in mounts, ports, probes and other groups, each on its own.</summary>
internal static class GroupRules
{
    private const int MostPortNumber = 65535;
    private const int MostId = int.MaxValue;

    private static readonly Regex Octal = new(@"\A0[0-7]{3}\z", RegexOptions.CultureInvariant);
    private static readonly Regex ProbedPath = new(@"\A(/[a-zA-Z0-9_./-]*)?\z", RegexOptions.CultureInvariant);
    private static readonly Regex HostName = new(
        @"\A[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*\z", RegexOptions.CultureInvariant);
    private static readonly Regex ResourceName = new(
        @"\A[a-z0-9]([a-z0-9.-]*[a-z0-9])?/[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?\z", RegexOptions.CultureInvariant);

    public static IEnumerable<string> PortNumber(object value) => value is >= 1 and <= MostPortNumber
        ? []
        : [$"{value} is no port. Ports go from 1 to {MostPortNumber}."];

    public static IEnumerable<string> Percentage(object value) => value is > 0.0 and <= 100.0
        ? []
        : [FormattableString.Invariant($"{value} is no percentage above 0 and at most 100.")];

    /// <summary>Kubernetes takes ids up to 2^31 - 1 (its IsValidUserID and IsValidGroupID).</summary>
    public static IEnumerable<string> UserOrGroup(object value) => value is >= 0 and <= MostId
        ? []
        : [$"{value} is no id of a user or group. They go from 0 to {MostId}."];

    public static IEnumerable<string> Groups(object value) =>
        ((string[])value).Where(text => !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(text => $"'{text}' is no id of a group. Write numbers, such as 2, 3, 5.");

    public static Func<object, IEnumerable<string>> Seconds(int least) => value =>
        Convert.ToInt64(value, CultureInfo.InvariantCulture) is var number && (number < least || number > int.MaxValue)
            ? [$"{value} is not between {least} and {int.MaxValue}."]
            : [];

    /// <summary>Kubernetes' VolumeMount.mountPath: no colon. A step of <c>..</c> or the root would hide more than is meant.</summary>
    public static IEnumerable<string> MountPath(object value)
    {
        var path = (string)value;
        if (path is not ['/', ..])
        {
            return [$"'{path}' is not an absolute path in the container. Write it with a slash in front, such as /data."];
        }

        if (path.Trim('/').Length == 0)
        {
            return ["is the root, which would hide the image. Name a folder, such as /data."];
        }

        return path.Contains(':') || path.Split('/').Contains("..")
            ? [$"'{path}' holds a colon or '..', which Kubernetes refuses in a mount."]
            : WireText.Flaws(path);
    }

    /// <summary>Kubernetes' VolumeMount.subPath: below the volume's root.</summary>
    public static IEnumerable<string> PathInVolume(object value) => (string)value switch
    {
        "" or ['/', ..] => ["is not a path within the volume. Write it without a slash in front, such as conf/app.yaml."],
        var path when path.Split('/').Contains("..") => ["leads out of the volume with '..'."],
        var path => WireText.Flaws(path),
    };

    /// <summary>A path on a node or file server.</summary>
    public static IEnumerable<string> SourcePath(object value) => (string)value switch
    {
        not ['/', ..] => [$"'{value}' is not an absolute path. Write it with a slash in front, such as /export/data."],
        var path when path.Split('/').Contains("..") => [$"'{path}' holds '..', which Kubernetes refuses."],
        var path => WireText.Flaws(path),
    };

    public static IEnumerable<string> Mode(object value) => Octal.IsMatch((string)value)
        ? []
        : [$"'{value}' is no mode of a file. Write four octal digits that begin with 0, such as '0644' (in quotes)."];

    /// <summary>The pattern of the API for names of objects in the cluster; Kubernetes allows no more than 63 characters in most.</summary>
    public static IEnumerable<string> ObjectName(object value)
    {
        var name = (string)value;
        return KubernetesName.IsDnsLabel(name)
            ? []
            : [Placeholder.HoldsSecretReference(name)
                ? "is a secret reference, but names an object in the cluster. Its content never passes through here: write the name that "
                    + "Kubernetes knows."
                : $"'{name}' is no name of an object in the cluster: lower case letters, digits and dashes, at most 63."];
    }

    /// <summary>A key in a secret or config map (Kubernetes, "Secret"): letters, digits, dots, dashes, underscores.</summary>
    public static IEnumerable<string> KeyOfSecret(object value) =>
        ((string)value).Length is > 0 and <= 253
        && ((string)value).All(letter => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '-' or '_')
            ? []
            : [$"'{value}' is no key of a secret: letters, digits, '.', '-' and '_'."];

    /// <summary>A web address. One that holds a password is refused and not repeated: everyone who can list workloads reads it.</summary>
    public static IEnumerable<string> WebAddress(object value)
    {
        if (!Uri.TryCreate((string)value, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
        {
            return ["is not an address that begins with http:// or https://."];
        }

        return uri.UserInfo.Length > 0 ? [NoUser] : [];
    }

    /// <summary>An address git understands: a URL, or <c>user@host:path</c>.</summary>
    public static IEnumerable<string> Repository(object value)
    {
        var text = (string)value;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && text.Contains("://"))
        {
            // ssh://git@host names the account of the service, which is no secret.
            return uri.UserInfo.Length > 0 && (uri.Scheme != "ssh" || uri.UserInfo.Contains(':')) ? [NoUser] : [];
        }

        return text.Contains('@') && text.IndexOf(':') > text.IndexOf('@')
            ? WireText.Flaws(text)
            : ["is not the address of a repository, such as https://github.com/org/repository."];
    }

    public static IEnumerable<string> Host(object value) => HostName.IsMatch((string)value)
        ? []
        : [$"'{value}' is no name or address of a host, such as nfs.example.org."];

    /// <summary>A host name, or an address of version 4 or 6.</summary>
    public static IEnumerable<string> Server(object value) => System.Net.IPAddress.TryParse((string)value, out _) ? [] : Host(value);

    /// <summary>The pattern of <c>probes.readiness.handler.httpGet.path</c>.</summary>
    public static IEnumerable<string> UrlPath(object value) => ProbedPath.IsMatch((string)value)
        ? []
        : [$"'{value}' is no path that can be probed: a slash, then letters, digits, '-', '_', '.' and '/'."];

    public static IEnumerable<string> LabelName(object value) => KubernetesName.IsQualifiedName((string)value)
        ? []
        : [$"'{value}' is no name of a label: at most {KubernetesName.MostLabelNameLength} letters, digits, '-', '_' and '.', and a DNS "
            + "name with a slash before it at will."];

    public static IEnumerable<string> LabelValue(object value) => KubernetesName.IsLabelValue((string)value)
        ? []
        : [$"'{value}' is no label value: at most 63 letters, digits, '-', '_' and '.'."];

    /// <summary>
    /// Kubernetes, "Extended resources": a name with a domain that is not Kubernetes' own, and a whole number of it.
    /// </summary>
    public static IEnumerable<string> ExtendedResources(object value)
    {
        foreach (DictionaryEntry resource in (IDictionary)value)
        {
            (var name, var amount) = ((string)resource.Key, (string)resource.Value!);
            if (!ResourceName.IsMatch(name) || name.StartsWith("kubernetes.io/", StringComparison.Ordinal))
            {
                yield return $"'{name}' is no name of an extended resource: a domain, a slash and a name, such as rdma/hca.";
            }

            if (!Quantity.TryParse(amount, out Quantity? quantity, out var flaw))
            {
                yield return $"the amount of '{name}': {flaw}";
            }
            else if (!quantity.IsWhole)
            {
                yield return $"the amount of '{name}' is {amount}. Devices are counted in whole numbers.";
            }
        }
    }

    /// <summary>The pattern of <c>claimInfo.addedAttrValues.key</c>.</summary>
    public static IEnumerable<string> ClaimAttributes(object value) =>
        ((IDictionary)value).Entries().Select(entry => (string)entry.Key)
            .Where(key => !KubernetesName.IsLabelValue(key) || key.Length == 0)
            .Select(key => $"'{key}' is no name of an attribute: at most 63 letters, digits, '-', '_' and '.'.");

    private const string NoUser =
        "holds a user name or password, which everyone who can list workloads would read. Leave it out of the address; "
        + "credentials are named by the secret of the cluster that holds them.";
}
