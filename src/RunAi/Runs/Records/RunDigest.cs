using System.Text;
using Newtonsoft.Json.Linq;
using RunAi.Content;
using RunAi.Json;
using RunAi.Specs;

namespace RunAi.Runs;

/// <summary>The digest of what a run was asked to do, by which the same request is known again.</summary>
internal static class RunDigest
{
    private const int ShortLength = 16;

    /// <param name="plan">The plan, with the final request.</param>
    /// <param name="content">What the manifest adds to the request; null for a step without the step runner.</param>
    public static string Of(StepPlan plan, RunContent? content)
    {
        if (content is null)
        {
            return plan.Spec.Digest;
        }

        var all = new JObject
        {
            ["spec"] = plan.Spec.Digest,
            ["command"] = new JArray(plan.Step.Command),
            ["inputs"] = new JArray(content.Inputs.Select(input => new JArray(input.Name, input.Descriptor.Digest))),
            ["outputs"] = new JArray(plan.Step.Output),
            ["checkpoint"] = plan.Step.Checkpoint,
        };
        if (plan.Step.Distribution?.MasterCommand is { } master)
        {
            all["masterCommand"] = new JArray(master);
        }

        return Digest.Of(Encoding.UTF8.GetBytes(WireJson.Write(all)));
    }

    /// <summary>The digest of each part by its name, to tell which differ.</summary>
    public static SortedDictionary<string, string> Parts(StepPlan plan, RunContent? content)
    {
        var parts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var body = plan.Spec.Shown();
        TrainingSpec.WithoutVersion(body);
        foreach (var part in body.Properties().Where(property => property.Name != "spec").Concat(
            (body["spec"] as JObject)?.Properties() ?? []))
        {
            // Labels tell the version of this library, by which no run differs.
            if (part.Name != "labels")
            {
                parts[part.Name] = Short(part.Value);
            }
        }

        if (content is not null)
        {
            parts["command"] = Short(new JArray(plan.Step.Command));
            if (plan.Step.Distribution?.MasterCommand is { } master)
            {
                parts["masterCommand"] = Short(new JArray(master));
            }

            parts["outputs"] = Short(new JArray(plan.Step.Output));
            parts["checkpoint"] = Short(new JValue(plan.Step.Checkpoint));
            foreach (var input in content.Inputs)
            {
                parts[$"input {input.Name}"] = Short(new JValue(input.Descriptor.Digest));
            }
        }

        return parts;
    }

    private static string Short(JToken value) =>
        Digest.Hex(Digest.Of(Encoding.UTF8.GetBytes(WireJson.Write(value)))).Substring(0, ShortLength);
}
