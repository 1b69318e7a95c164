using System.Collections;
using Newtonsoft.Json.Linq;
using RunAi.Operators;
using RunAi.Steps;

namespace RunAi.Tests.Steps;

/// <summary>Groups of settings in all their spellings, stored and laid over each other.</summary>
public sealed class GroupReadingTests
{
    [Fact]
    public void FromDictionary_ZenMLsLists_BecomeMountsOfTheirKinds()
    {
        StepSettings settings = StepSettings.FromDictionary(new Hashtable
        {
            ["nfs_mounts"] = new[] { new Hashtable { ["server"] = "nfs", ["path"] = "/export", ["mount_path"] = "/a" } },
            ["host_path_mounts"] = new[] { new Hashtable { ["path"] = "/mnt", ["mount_path"] = "/b" } },
            ["pvc_mounts"] = new[]
            {
                new Hashtable
                {
                    ["path"] = "/c",
                    ["claim_info"] = new Hashtable
                    {
                        ["size"] = "1G",
                        ["accessModes"] = new Hashtable { ["readWriteMany"] = true, ["readWriteOnce"] = false },
                    },
                },
            },
            ["secret_mounts"] = new[] { new Hashtable { ["secret"] = "hub", ["mount_path"] = "/d" } },
            ["mounts"] = new Hashtable { ["EmptyDir"] = true, ["Path"] = "/e" },
        });

        Assert.Equal(
            ["emptyDir at /e", "pvc at /c", "secret hub at /d", "nfs nfs at /a", "hostPath /mnt at /b"],
            settings.Mount!.Select(mount => mount.ToString()));
        Assert.Equal("/export", settings.Mount![3].Export);
        Assert.Equal(["readWriteMany"], settings.Mount[1].AccessMode!);
    }

    [Fact]
    public void FromDictionary_PlainValues_AreTheirMainSetting()
    {
        StepSettings settings = StepSettings.FromDictionary(new Hashtable
        {
            ["Port"] = new object[] { 80, "81" },
            ["Toleration"] = "nvidia.com/gpu",
            ["ReadinessProbe"] = 8080,
            ["ImagePullSecret"] = "regcred",
            ["NodeAffinity"] = "gpu",
        });

        Assert.Equal([80, 81], settings.Port!.Select(port => port.Container!.Value));
        Assert.Equal("nvidia.com/gpu", settings.Toleration!.Single().Key);
        Assert.Equal(8080, settings.ReadinessProbe!.Port);
        Assert.Equal("regcred", settings.ImagePullSecret!.Single().Name);
        Assert.Equal("gpu Exists", settings.NodeAffinity!.Single().ToString());
    }

    [Fact]
    public void FromDictionary_FinishedObjects_AreTaken()
    {
        StepSettings made = FullSteps.Settings[0];
        StepSettings settings = StepSettings.FromDictionary(
            new Hashtable { ["Mount"] = made.Mount, ["SecurityContext"] = made.SecurityContext });
        Assert.Equal(made.Mount, settings.Mount);
        Assert.Same(made.SecurityContext, settings.SecurityContext);
    }

    [Fact]
    public void SettingsJson_EverySetting_ComesBackTheSame() => Assert.All(FullSteps.Settings, settings =>
    {
        JObject json = SettingsJson.Write(settings);
        Assert.Equal(json.ToString(), SettingsJson.Write(SettingsJson.Read(JObject.Parse(json.ToString()))).ToString());
        Assert.Equal(settings.ToDictionary().Count, json.Count);
    });

    [Fact]
    public void MergedOver_Lists_AreJoinedItemByItem()
    {
        StepSettings defaults = StepSettings.FromDictionary(new Hashtable
        {
            ["Mount"] = new[] { Mount("shared", "/data"), Mount("cache", "/cache") },
            ["Port"] = new object[] { 80, new Hashtable { ["Container"] = 81, ["ServiceType"] = "NodePort" } },
            ["Toleration"] = new[] { "a", "b" },
            ["NodeAffinity"] = new Hashtable { ["Key"] = "gpu", ["Value"] = "A100" },
            ["ExtendedResource"] = new Hashtable { ["a.io/x"] = 1, ["b.io/y"] = 1 },
            ["SecurityContext"] = new Hashtable { ["RunAsUid"] = 5, ["HostIpc"] = true },
            ["PodAffinity"] = new Hashtable { ["Type"] = "Required", ["Key"] = "zone" },
        });
        StepSettings merged = StepSettings.FromDictionary(new Hashtable
        {
            ["Mount"] = new[] { Mount("mine", "/data/"), Mount("more", "/more") },
            ["Port"] = 81,
            ["Toleration"] = "b",
            ["NodeAffinity"] = new Hashtable { ["Key"] = "gpu", ["Value"] = "H100" },
            ["ExtendedResource"] = new Hashtable { ["a.io/x"] = 2 },
            ["SecurityContext"] = new Hashtable { ["HostIpc"] = false },
            ["PodAffinity"] = new Hashtable { ["Type"] = "Preferred", ["Key"] = "host" },
        }).MergedOver(defaults);

        Assert.Equal(["mine", "more", "cache"], merged.Mount!.Select(mount => mount.ClaimName!));
        Assert.Equal(["81", "80"], merged.Port!.Select(port => port.ToString()));
        Assert.Equal(["b", "a"], merged.Toleration!.Select(toleration => toleration.Key!));
        Assert.Equal(["gpu In H100"], merged.NodeAffinity!.Select(affinity => affinity.ToString()));
        Assert.Equal("2 1", $"{merged.ExtendedResource!["a.io/x"]} {merged.ExtendedResource["b.io/y"]}");
        Assert.Equal((5, false), (merged.SecurityContext!.RunAsUid, merged.SecurityContext.HostIpc));
        Assert.Equal("Preferred host", merged.PodAffinity!.ToString());
        Assert.Empty(StepSettingsValidation.Violations(merged));
    }

    [Fact]
    public void MergedOver_UserOfTheImage_InheritsNoOtherUser()
    {
        StepSettings defaults = StepSettings.FromDictionary(
            new Hashtable { ["SecurityContext"] = new Hashtable { ["RunAsUid"] = 5, ["HostIpc"] = true } });
        StepSettings merged = StepSettings.FromDictionary(
            new Hashtable { ["SecurityContext"] = new Hashtable { ["UidGidSource"] = "FromTheImage" } }).MergedOver(defaults);
        Assert.Equal(
            ("fromTheImage", null, true),
            (merged.SecurityContext!.UidGidSource, merged.SecurityContext.RunAsUid, merged.SecurityContext.HostIpc));
    }

    private static Hashtable Mount(string claim, string path) => new() { ["Pvc"] = claim, ["Path"] = path };
}
