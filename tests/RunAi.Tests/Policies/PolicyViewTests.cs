using Newtonsoft.Json.Linq;
using RunAi.ControlPlane.Wire;
using RunAi.Policies;

namespace RunAi.Tests.Policies;

public sealed class PolicyViewTests
{
    private static readonly PolicyView Policy = PolicyView.From(new EffectivePolicy(JObject.Parse("""
        {
          "defaults": { "backoffLimit": 2, "category": null, "compute": { "gpuPortionRequest": 0.5 } },
          "rules": {
            "compute": {
              "cpuCoreRequest": { "canEdit": false, "sourceOfRule": { "scope": "project" } },
              "cpuMemoryRequest": { "canEdit": true, "max": "8G" },
              "cpuCoreLimit": { "defaultFrom": { "field": "cpuCoreRequest", "factor": 2 } },
              "gpuRequestType": null
            },
            "labels": { "instances": { "canAdd": false } },
            "annotations": { "instances": { "canAdd": true } }
          }
        }
        """)));

    [Theory]
    [InlineData("backoffLimit", true)]
    [InlineData("compute.gpuPortionRequest", true)]
    [InlineData("compute.cpuCoreLimit", true)]
    [InlineData("category", false)]
    [InlineData("compute.cpuCoreRequest", false)]
    [InlineData("compute.gpuRequestType", false)]
    [InlineData("no.such.field", false)]
    [InlineData("backoffLimit.deeper", false)]
    public void HasDefault_Field_TellsWhetherThePolicyFillsIt(string path, bool expected) =>
        Assert.Equal(expected, Policy.HasDefault(path));

    [Theory]
    [InlineData("compute.cpuCoreRequest", true)]
    [InlineData("compute.cpuMemoryRequest", false)]
    [InlineData("compute.gpuRequestType", false)]
    [InlineData("backoffLimit", false)]
    public void MayNotEdit_Field_FollowsCanEdit(string path, bool expected) => Assert.Equal(expected, Policy.MayNotEdit(path));

    [Theory]
    [InlineData("labels", true)]
    [InlineData("annotations", false)]
    [InlineData("environmentVariables", false)]
    public void MayNotAdd_List_FollowsCanAdd(string path, bool expected) => Assert.Equal(expected, Policy.MayNotAdd(path));

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("""{"defaults":null,"rules":null}""")]
    public void From_NoPolicy_DecidesNothing(string? effective)
    {
        PolicyView policy = PolicyView.From(effective is null ? null : new EffectivePolicy(JObject.Parse(effective)));
        Assert.False(policy.Decides("compute.gpuPortionRequest"));
        Assert.False(policy.MayNotAdd("labels"));
    }
}
