using Newtonsoft.Json.Linq;
using RunAi.ControlPlane.Wire;
using RunAi.Specs;

namespace RunAi.Tests.Specs;

public sealed class MarkedJsonTests
{
    private static readonly JObject Body = JObject.Parse("""
        {"name":"n","spec":{"image":"a \"b\"","labels":[{"name":"x","exclude":true},{"name":"y","value":"1"}],"compute":{"gpuDevicesRequest":1},"command":""}}
        """);

    [Fact]
    public void Of_WithoutPolicy_IsTheBodyAsItIs() =>
        Assert.Equal(Body.ToString().Replace("\r", "", StringComparison.Ordinal), MarkedJson.Of(Body, SpecPart.Of(Body, null, false)));

    [Fact]
    public void Of_APolicy_MarksWhatItFillsInBetweenWhatIsSent()
    {
        var policy = new EffectivePolicy(JObject.Parse("""
            {"defaults":{"category":"Train","compute":{"cpuCoreRequest":2},"labels":{"instances":[{"name":"x"},{"name":"z","value":"1"}]},"security":{"runAsUid":5}}}
            """));

        Assert.Equal(
            """
            {
              "name": "n",
              "spec": {
                "image": "a \"b\"",
                "labels": [
                  {
                    "name": "x",
                    "exclude": true
                  },
                  {
                    "name": "y",
                    "value": "1"
                  },
                  {  // filled in by the policy
                    "name": "z",
                    "value": "1"
                  }
                ],
                "compute": {
                  "gpuDevicesRequest": 1,
                  "cpuCoreRequest": 2  // filled in by the policy
                },
                "command": "",
                "category": "Train",  // filled in by the policy
                "security": {  // filled in by the policy
                  "runAsUid": 5
                }
              }
            }
            """.Replace("\r", "", StringComparison.Ordinal),
            MarkedJson.Of(Body, SpecPart.Of(Body, policy, false)));
    }
}
