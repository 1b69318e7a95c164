namespace RunAi.Steps;

/// <summary>The rules between the settings of one mount.</summary>
internal static class MountRelations
{
    /// <summary>What only a claim that is to be made has (<c>storage.pvc.claimInfo</c>).</summary>
    private static readonly string[] ClaimInfo = ["Size", "StorageClass", "AccessMode", "VolumeMode", "Attribute"];

    /// <summary>The settings of credentials, and the one that they say nothing without.</summary>
    private static readonly (string Key, string Of)[] Needs =
    [
        ("AccessKeyIdKey", "AccessKeySecret"), ("SecretKeyKey", "AccessKeySecret"),
        ("AuthenticationMethod", "SecretName"), ("UserKey", "SecretName"), ("PasswordKey", "SecretName"),
    ];

    private static readonly string[] OfPassword = ["UserKey", "PasswordKey"];

    /// <summary>True for a claim that is made for the step: one that says how to make it, or that lives no longer than the step.</summary>
    public static bool IsNewClaim(SettingGroup mount) =>
        mount["ExistingPvc"] is false
        || (mount["ExistingPvc"] is null && (mount["Ephemeral"] is true || ClaimInfo.Any(name => mount[name] is not null)));

    public static IEnumerable<Violation> Violations(SettingGroup mount, HashSet<string> faulty)
    {
        IEnumerable<Violation> found = mount.Schema.Kind switch
        {
            "pvc" when !mount.IsExcluded => Claim(mount, faulty),
            "git" => Git(mount),
            _ => [],
        };
        return found.Concat(Needs.Where(need => mount[need.Key] is not null && mount[need.Of] is null)
            .Select(need => new Violation(need.Key, $"says nothing without {need.Of}. Name the secret, or leave {need.Key} out.")));
    }

    /// <summary>
    /// The document: <c>size</c> is mandatory when <c>existingPvc</c> is false, claim information is not for an existing claim, and a claim
    /// without a name is made under a name of its own.
    /// </summary>
    private static List<Violation> Claim(SettingGroup mount, HashSet<string> faulty)
    {
        if (IsNewClaim(mount))
        {
            return mount["Size"] is null && !faulty.Contains("Size")
                ? [new Violation("Size", "is missing. A claim that is made for the step needs a size, such as 10G.")]
                : [];
        }

        List<Violation> found = [];
        if (mount["ClaimName"] is null && !faulty.Contains("ClaimName"))
        {
            found.Add(new Violation("ClaimName", "is missing. Name the claim that is there, or give the Size of a new one."));
        }

        found.AddRange(ClaimInfo.Where(name => mount[name] is not null)
            .Select(name => new Violation(
                name, "is for a claim that is to be made, and ExistingPvc says that it is there. Leave one of the two out.")));
        if (mount["Ephemeral"] is true)
        {
            found.Add(new Violation(
                "Ephemeral", "would delete a claim that was there before the step. Leave it out, or give the Size of a new claim."));
        }

        return found;
    }

    private static IEnumerable<Violation> Git(SettingGroup mount)
    {
        if (mount["AuthenticationMethod"] as string == "ssh-key")
        {
            foreach (var name in OfPassword.Where(name => mount[name] is not null))
            {
                yield return new Violation(
                    name, "goes with AuthenticationMethod password, which is ssh-key here. Leave one of the two out.");
            }
        }
    }
}
