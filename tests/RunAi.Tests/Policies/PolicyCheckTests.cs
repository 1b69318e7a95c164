using Newtonsoft.Json.Linq;
using RunAi.ControlPlane.Wire;
using RunAi.Policies;

namespace RunAi.Tests.Policies;

/// <summary>Rules of policies, with the examples of Run:ai's API document where it has any.</summary>
public sealed class PolicyCheckTests
{
    [Theory]
    [InlineData("""{"image":{"required":true,"canEdit":false}}""", """{"image":"mine"}""", "image canEdit")]
    [InlineData("""{"nodeType":{"blocked":true}}""", """{"nodeType":"a100"}""", "nodeType blocked")]
    [InlineData("""{"image":{"required":true,"canEdit":false}}""", "{}", "image required")]
    [InlineData(
        """{"compute":{"gpuDevicesRequest":{"min":3}}}""", """{"compute":{"gpuDevicesRequest":2}}""", "compute.gpuDevicesRequest min")]
    [InlineData("""{"backoffLimit":{"min":2,"max":10,"step":2}}""", """{"backoffLimit":5}""", "backoffLimit step")]
    [InlineData("""{"backoffLimit":{"min":2,"max":10,"step":2}}""", """{"backoffLimit":12}""", "backoffLimit max")]
    [InlineData("""{"backoffLimit":{"min":2,"max":10,"step":2}}""", """{"backoffLimit":1}""", "backoffLimit min", "backoffLimit step")]
    [InlineData(
        """{"compute":{"cpuCoreRequest":{"min":2,"max":3,"step":0.25}}}""", """{"compute":{"cpuCoreRequest":2.3}}""",
        "compute.cpuCoreRequest step")]
    [InlineData(
        """{"compute":{"cpuMemoryRequest":{"max":"1G"}}}""", """{"compute":{"cpuMemoryRequest":"1Gi"}}""", "compute.cpuMemoryRequest max")]
    [InlineData("""{"category":{"options":[{"value":"Train"}]}}""", """{"category":"train"}""", "category options")]
    [InlineData("""{"nodePools":{"options":[{"value":"a"}]}}""", """{"nodePools":["a","b"]}""", "nodePools options")]
    [InlineData("""{"nodePools":{"required":true}}""", """{"nodePools":[]}""", "nodePools required")]
    [InlineData("""{"podAffinity":{"key":{"required":true}}}""", "{}", "podAffinity.key required")]
    [InlineData(
        """{"nodeAffinityRequired":{"canEdit":false}}""", """{"nodeAffinityRequired":{"nodeSelectorTerms":[]}}""",
        "nodeAffinityRequired canEdit")]
    [InlineData(
        """{"environmentVariables":{"instances":{"locked":["HOME","USER"]}}}""",
        """{"environmentVariables":[{"name":"USER","exclude":true}]}""", "environmentVariables locked")]
    [InlineData("""{"labels":{"instances":{"canAdd":false}}}""", """{"labels":[{"name":"a","value":"1"}]}""", "labels canAdd")]
    [InlineData("""{"ports":{"instances":{"canAdd":false}}}""", """{"ports":[{"container":80}]}""", "ports canAdd")]
    [InlineData(
        """{"storage":{"pvc":{"attributes":{"readOnly":{"required":true}}}}}""",
        """{"storage":{"pvc":[{"path":"/a"},{"path":"/b","readOnly":true}]}}""", "storage.pvc.readOnly required")]
    [InlineData(
        """{"storage":{"pvc":{"attributes":{"claimInfo":{"size":{"canEdit":false}}}}}}""",
        """{"storage":{"pvc":[{"path":"/a","claimInfo":{"size":"1G"}}]}}""", "storage.pvc.claimInfo.size canEdit")]
    [InlineData(
        """{"tolerations":{"attributes":{"exclude":{"canEdit":false}}}}""", """{"tolerations":[{"name":"t","exclude":true}]}""",
        "tolerations.exclude canEdit")]
    public void Check_OfASpecThatBreaksRules_NamesFieldAndRule(string rules, string spec, params string[] expected) =>
        Assert.Equal(expected, Check(rules, spec).Select(refusal => $"{refusal.Field} {refusal.Rule}"));

    [Theory]
    [InlineData("""{"nodeType":{"blocked":true}}""", "{}")]
    [InlineData("""{"nodeType":{"blocked":false}}""", """{"nodeType":"a100"}""")]
    [InlineData("""{"backoffLimit":{"min":2,"max":10,"step":2}}""", """{"backoffLimit":10}""")]
    [InlineData("""{"backoffLimit":{"min":2,"max":10,"step":2}}""", "{}")]
    [InlineData("""{"compute":{"cpuCoreRequest":{"min":2,"max":3,"step":0.25}}}""", """{"compute":{"cpuCoreRequest":2.5}}""")]
    [InlineData("""{"compute":{"gpuPortionRequest":{"step":0.1}}}""", """{"compute":{"gpuPortionRequest":0.7}}""")]
    [InlineData("""{"compute":{"cpuMemoryRequest":{"min":"1Gi","max":"2Gi"}}}""", """{"compute":{"cpuMemoryRequest":"2048Mi"}}""")]
    [InlineData("""{"nodePools":{"options":[{"value":"a"}]}}""", """{"nodePools":["a"]}""")]
    [InlineData("""{"category":{"options":null,"required":null,"canEdit":null}}""", """{"category":"x"}""")]
    [InlineData("""{"labels":{"instances":null,"attributes":null}}""", """{"labels":[{"name":"a"}]}""")]
    [InlineData("""{"ports":{"instances":{"canAdd":false}}}""", """{"ports":[{"name":"p","exclude":true}]}""")]
    [InlineData(
        """{"storage":{"pvc":{"attributes":{"readOnly":{"required":true}}}}}""", """{"storage":{"pvc":[{"name":"x","exclude":true}]}}""")]
    public void Check_OfASpecThatKeepsRules_FindsNothing(string rules, string spec) => Assert.Empty(Check(rules, spec));

    [Fact]
    public void Check_OfAnItemThatThePolicyHas_LetsItBeChanged() => Assert.Empty(Check(
        """{"environmentVariables":{"instances":{"canAdd":false,"locked":["B"]}}}""",
        """{"environmentVariables":[{"name":"A","value":"mine"}]}""",
        """{"environmentVariables":{"instances":[{"name":"A","value":"policy"},{"name":"B","value":"policy"}]}}"""));

    [Fact]
    public void Check_HoldsThePolicysOwnDefaultsToItsRules()
    {
        var refusal = Assert.Single(Check("""{"backoffLimit":{"max":2}}""", "{}", """{"backoffLimit":3}"""));
        Assert.Equal("3 is more than 2", refusal.Message);
    }

    [Fact]
    public void Check_WritesNumbersAsOneTypesThem()
    {
        var refusal = Assert.Single(Check("""{"compute":{"cpuCoreRequest":{"max":16.0}}}""", """{"compute":{"cpuCoreRequest":40.0}}"""));
        Assert.Equal("40 is more than 16", refusal.Message);
    }

    [Fact]
    public void Check_OfARefusal_TellsWhoseRuleItIsAndWhatToTypeInstead()
    {
        var refusal = Assert.Single(Check(
            """{"compute":{"gpuPortionRequest":{"min":0.25,"step":0.25,"sourceOfRule":{"scope":"project","projectId":3}}}}""",
            """{"compute":{"gpuPortionRequest":0.6}}"""));
        Assert.Equal(
            ("GpuPortionRequest", "project 3", "0.6 is not 0.25 plus a multiple of 0.25", "Ask for 0.5 or 0.75."),
            (refusal.Setting, $"{refusal.Source}", refusal.Message, refusal.Remedy));
    }

    [Theory]
    [InlineData("""{"category":{"canEdit":false}}""", """{"category":"b"}""", "Leave it out; the policy fills in a.")]
    [InlineData("""{"priorityClass":{"canEdit":false}}""", """{"priorityClass":"b"}""", "Leave it out.")]
    [InlineData("""{"backoffLimit":{"min":3}}""", """{"backoffLimit":1}""", "Ask for at least 3.")]
    [InlineData("""{"backoffLimit":{"min":2,"max":4,"step":2}}""", """{"backoffLimit":5}""", "Ask for at most 4.")]
    [InlineData(
        """{"nodeType":{"required":true,"options":[{"value":"t4"},{"value":"h100","displayed":"the large ones"}]}}""", "{}",
        "Give one of t4, h100 (the large ones).")]
    [InlineData(
        """{"environmentVariables":{"instances":{"canAdd":false}}}""", """{"environmentVariables":[{"name":"X","value":"1"}]}""",
        "Leave it out. The policy has A.")]
    [InlineData(
        """{"environmentVariables":{"instances":{"locked":["A"]}}}""", """{"environmentVariables":[{"name":"A","value":"1"}]}""",
        "Leave 'A' out.")]
    public void Check_OfARefusal_SaysWhatToDo(string rules, string spec, string remedy) => Assert.Equal(
        remedy, Check(rules, spec, """{"category":"a","environmentVariables":{"instances":[{"name":"A","value":"1"}]}}""")[0].Remedy);

    [Fact]
    public void Check_OfAnEnvironmentVariable_DoesNotTellItsValue() => Assert.DoesNotContain("hush", Assert.Single(Check(
        """{"environmentVariables":{"attributes":{"value":{"options":[{"value":"a"}]}}}}""",
        """{"environmentVariables":[{"name":"X","value":"hush"}]}""")).Message, StringComparison.Ordinal);

    [Fact]
    public void Complete_FillsInWhatIsLeftOut_AndTakesOutWhatIsExcluded()
    {
        var complete = View(
            """{"compute":{"cpuCoreLimit":{"defaultFrom":{"field":"compute.cpuCoreRequest","factor":2}},"cpuMemoryLimit":{"defaultFrom":{"field":"cpuMemoryRequest","factor":2}}},"ports":{"attributes":{"external":{"defaultFrom":{"field":"container"}}}}}""",
            """{"category":"a","compute":{"cpuCoreRequest":8},"labels":{"instances":[{"name":"p","value":"1"},{"name":"q","value":"1"}]},"ports":{"attributes":{"serviceType":"NodePort"}}}""")
            .Complete(JObject.Parse(
                """{"category":"mine","compute":{"cpuMemoryRequest":"1.5G"},"labels":[{"name":"q","exclude":true}],"ports":[{"container":80}]}"""));

        Assert.Equal(
            """{"category":"mine","compute":{"cpuMemoryRequest":"1.5G","cpuCoreRequest":8,"cpuCoreLimit":16.0,"cpuMemoryLimit":"3000000000"},"labels":[{"name":"p","value":"1"}],"ports":[{"container":80,"serviceType":"NodePort","external":80}]}""",
            complete.ToString(Newtonsoft.Json.Formatting.None));
    }

    [Fact]
    public void Complete_OfFieldsThatAreTakenFromEachOther_TakesNone() => Assert.Equal("{}", View(
        """{"completions":{"defaultFrom":{"field":"parallelism"}},"parallelism":{"defaultFrom":{"field":"completions"}}}""",
        "{}").Complete([]).ToString());

    [Fact]
    public void Complete_OfAFieldTakenFromOneThatIsTakenItself_FollowsBoth() => Assert.Equal(4, (int?)View(
        """{"completions":{"defaultFrom":{"field":"parallelism","factor":2}},"parallelism":{"defaultFrom":{"field":"backoffLimit"}}}""",
        """{"backoffLimit":2}""").Complete([])["completions"]);

    [Theory]
    [InlineData("compute.gpuDevicesRequest", "GpuDevicesRequest")]
    [InlineData("environmentVariables", "Environment")]
    [InlineData("args", "Command")]
    [InlineData("labels.value", "Label.value")]
    [InlineData("imagePullSecrets.name", "ImagePullSecret.Name")]
    [InlineData("storage.pvc", "Mount")]
    [InlineData("storage.pvc.readOnly", "Mount.ReadOnly")]
    [InlineData("security.runAsUid", "SecurityContext.RunAsUid")]
    [InlineData("tolerations.effect", "Toleration.Effect")]
    [InlineData("probes.readiness.periodSeconds", "ReadinessProbe.Period")]
    [InlineData("no.such.field", "no.such.field")]
    public void SettingOf_AField_IsWhatTheUserTypes(string field, string setting) => Assert.Equal(setting, FieldNames.SettingOf(field));

    private static IReadOnlyList<PolicyRefusal> Check(string rules, string spec, string defaults = "{}") =>
        View(rules, defaults).Check(JObject.Parse(spec));

    private static PolicyView View(string rules, string defaults) =>
        PolicyView.From(new EffectivePolicy(JObject.Parse($$"""{"defaults":{{defaults}},"rules":{{rules}}}""")));
}
