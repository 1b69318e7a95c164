using System.Text;
using Newtonsoft.Json.Linq;
using RunAi.ControlPlane;
using RunAi.Images;

namespace RunAi.Runs;

/// <summary>The digest of what a run was asked to do, by which the same request is known again.</summary>
internal static class RunDigest
{
    /// <param name="plan">The plan, with the final request.</param>
    /// <param name="materials">What the manifest adds to the request; null for a step without the step runner.</param>
    public static string Of(StepPlan plan, RunMaterials? materials)
    {
        if (materials is null)
        {
            return plan.Spec.Digest;
        }

        var all = new JObject
        {
            ["spec"] = plan.Spec.Digest,
            ["command"] = new JArray(plan.Step.Command),
            ["inputs"] = new JArray(materials.Inputs.Select(input => new JArray(input.Name, input.Descriptor.Digest))),
            ["outputs"] = new JArray(plan.Step.Output),
            ["checkpoint"] = plan.Step.Checkpoint,
        };
        return Digest.Of(Encoding.UTF8.GetBytes(WireJson.Write(all)));
    }
}
