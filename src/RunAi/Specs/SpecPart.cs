using Newtonsoft.Json.Linq;
using RunAi.Policies;

namespace RunAi.Specs;

/// <summary>
/// A spec of a request, and the policy that holds for it: the only one, or a distributed training's of workers or master.
/// </summary>
/// <param name="Replica">Whose it is, where there are several: <c>worker</c> or <c>master</c>; empty for the only one.</param>
/// <param name="Spec">The spec in the request's body.</param>
/// <param name="Policy">The policy.</param>
internal sealed record SpecPart(string Replica, JObject Spec, PolicyView Policy)
{
    public const string Worker = "worker";
    public const string Master = "master";

    /// <summary>The specs of a request.</summary>
    /// <param name="body">Its body.</param>
    /// <param name="policy">The effective policy; null for none.</param>
    /// <param name="isDistributed">True for a distributed training.</param>
    public static IReadOnlyList<SpecPart> Of(JObject body, ControlPlane.Wire.EffectivePolicy? policy, bool isDistributed)
    {
        var spec = (JObject)body["spec"]!;
        if (!isDistributed)
        {
            return [new SpecPart("", spec, PolicyView.From(policy))];
        }

        var workers = new SpecPart(Worker, spec, PolicyView.From(policy?.Of(Worker)));
        return body["masterSpec"] is JObject master
            ? [workers, new SpecPart(Master, master, PolicyView.From(policy?.Of(Master)))]
            : [workers];
    }
}
