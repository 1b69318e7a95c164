using System.Globalization;

namespace RunAi.Steps;

/// <summary>The rules between the settings of a group, and between the groups of a step.</summary>
internal static class GroupRelations
{
    private static readonly string[] OfUser = ["RunAsUid", "RunAsGid", "SupplementalGroup"];

    /// <summary>The rules between mounts, ports, URLs and named items of a step.</summary>
    public static IEnumerable<Violation> Violations(StepSettings settings) =>
    [
        .. Twins(settings.Mount, "Mount", "Path", path => (path as string)?.TrimEnd('/'),
            "where another mount is. Give each a path of its own."),
        .. Propagations(settings.Mount ?? []),
        .. Twins(settings.Port, "Port", "Container", port => port, "opened by another entry. Name each port once."),
        .. Twins(settings.ExposedUrl, "ExposedUrl", "Container", port => port, "given a URL by another entry. Name each port once."),
        .. Twins(settings.ImagePullSecret, "ImagePullSecret", "Name", name => name, "named by another entry. Name each once."),
        .. Named(settings).SelectMany(list => Twins(
            list.Items, list.Name, "Name", name => name, "the name of another entry too. A policy knows entries by their names.")),
    ];

    /// <summary>
    /// Kubernetes, "Taints and Tolerations": a value with Equal alone, seconds with NoExecute alone. (The API's prose has the first the
    /// wrong way round.)
    /// </summary>
    public static IEnumerable<Violation> OfToleration(SettingGroup toleration, HashSet<string> faulty)
    {
        var value = toleration["Value"];
        if (toleration["Operator"] is "Exists" && value is not null)
        {
            yield return new Violation("Value", "is not compared with Operator Exists. Leave one of the two out.");
        }
        else if (toleration["Operator"] is "Equal" && value is null && !toleration.IsExcluded)
        {
            yield return new Violation("Value", "is missing. Operator Equal compares it with the taint's; Exists takes any.");
        }

        if (toleration["Seconds"] is not null && toleration["Effect"] is not "NoExecute" && !faulty.Contains("Effect"))
        {
            yield return new Violation(
                "Seconds", "count with Effect NoExecute alone, the time until a pod is moved away. Set it, or leave Seconds out.");
        }
    }

    /// <summary>The document: users and groups exclude each other, and each goes with the type of its name.</summary>
    public static IEnumerable<Violation> OfExposedUrl(SettingGroup url, HashSet<string> faulty)
    {
        var type = url["AuthorizationType"] as string;
        foreach ((var list, var own) in new[] { ("AuthorizedUser", "authorizedUsers"), ("AuthorizedGroup", "authorizedGroups") })
        {
            if (type == own && url[list] is null)
            {
                yield return new Violation(list, $"is missing. With AuthorizationType {type} it says who may use the URL.");
            }
            else if (type is not null && type != own && url[list] is not null && !faulty.Contains("AuthorizationType"))
            {
                yield return new Violation(list, $"is ignored with AuthorizationType {type}. Set {own}, or leave one of the two out.");
            }
        }

        if (type is null && url["AuthorizedUser"] is not null && url["AuthorizedGroup"] is not null)
        {
            yield return new Violation("AuthorizedGroup", "is given beside AuthorizedUser. Run:ai takes one of them.");
        }
    }

    /// <summary>
    /// The document: ids only with a source that is not the image, and <c>Localhost</c> is not supported. Kubernetes: a user that must not
    /// be root is not 0, and SYS_ADMIN is an escalation.
    /// </summary>
    public static IEnumerable<Violation> OfSecurity(SettingGroup security, HashSet<string> faulty)
    {
        if (security["UidGidSource"] is "fromTheImage")
        {
            foreach (var name in OfUser.Where(name => security[name] is not null))
            {
                yield return new Violation(
                    name, "is not used with UidGidSource fromTheImage. Set UidGidSource custom, or leave one of the two out.");
            }
        }

        if (security["RunAsUid"] is 0 && security["RunAsNonRoot"] is true)
        {
            yield return new Violation("RunAsUid", "is root, which RunAsNonRoot forbids. Name another user, or leave one of the two out.");
        }

        if (security["AllowPrivilegeEscalation"] is false && security["Capability"] is string[] capabilities
            && capabilities.Contains("SYS_ADMIN"))
        {
            yield return new Violation(
                "AllowPrivilegeEscalation", "cannot be false with the capability SYS_ADMIN, which is one. Leave one of the two out.");
        }

        if (security["SeccompProfileType"] is "Localhost")
        {
            yield return new Violation(
                "SeccompProfileType", "Localhost is not supported by Run:ai yet. Take RuntimeDefault or Unconfined.");
        }
    }

    /// <summary>Defaults for users do not hold for a step that takes those of the image.</summary>
    public static bool InheritsSecurity(SettingGroup own, StepSetting row) =>
        own["UidGidSource"] is not "fromTheImage" || !OfUser.Contains(row.Name);

    /// <summary>True when a user or group is named, which asks for a source that is not the image.</summary>
    public static bool NamesUser(SettingGroup security) => OfUser.Any(name => security[name] is not null);

    /// <summary>
    /// The document, <c>matchExpressions.values</c>: some for In and NotIn, none for Exists and DoesNotExist, one whole number for Gt and
    /// Lt.
    /// </summary>
    public static IEnumerable<Violation> OfNodeAffinity(SettingGroup affinity, HashSet<string> faulty)
    {
        var values = affinity["Value"] as string[] ?? [];
        var flaw = affinity["Operator"] switch
        {
            "In" or "NotIn" when values.Length == 0 && !faulty.Contains("Value") =>
                "is missing. In and NotIn compare the label with at least one.",
            "Exists" or "DoesNotExist" when values.Length > 0 =>
                $"is not compared with Operator {affinity["Operator"]}. Leave one of the two out.",
            "Gt" or "Lt"
                when values.Length != 1 || !long.TryParse(values[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) =>
                "is not one whole number. Gt and Lt compare the label with one.",
            _ => null,
        };
        if (flaw is not null)
        {
            yield return new Violation("Value", flaw);
        }
    }

    /// <summary>The document, <c>hostPath.mountPropagation</c>: the same for all of them.</summary>
    private static IEnumerable<Violation> Propagations(Mount[] mounts)
    {
        (Mount Mount, int At)[] hosts =
            [.. mounts.Select((mount, at) => (mount, at)).Where(indexed => indexed.mount.Kind == "hostPath" && !indexed.mount.IsExcluded)];
        return hosts.Where(host => host.Mount.MountPropagation != hosts[0].Mount.MountPropagation)
            .Select(host => new Violation(
                Field("Mount", host.At, "MountPropagation"),
                "differs from that of another hostPath mount. Run:ai takes one for all of them."));
    }

    private static IEnumerable<(string Name, SettingGroup[] Items)> Named(StepSettings settings) =>
        settings.Schema.Rows.Where(row => row.Kind == StepSettingKind.GroupList && row.Name != nameof(StepSettings.ImagePullSecret))
            .Select(row => (row.Name, Items: settings[row.Name] as SettingGroup[] ?? []));

    private static IEnumerable<Violation> Twins(SettingGroup[]? items, string list, string field, Func<object?, object?> form, string flaw)
    {
        var met = new HashSet<object>();
        for (var at = 0; at < items?.Length; at++)
        {
            if (!items[at].IsExcluded && form(items[at][field]) is { } value && !met.Add(value))
            {
                yield return new Violation(Field(list, at, field), $"{value} is {flaw}");
            }
        }
    }

    private static string Field(string list, int at, string field) =>
        string.Format(CultureInfo.InvariantCulture, "{0}[{1}].{2}", list, at, field);
}
