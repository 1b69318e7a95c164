using Newtonsoft.Json.Linq;

namespace RunAi.ControlPlane.Wire;

/// <summary>
/// The training policy in force in a project (<c>effective</c> of <c>TrainingPolicyV2</c>, or <c>DistributedPolicyV2</c>): the defaults it
/// fills in and the rules it checks, both in the API's own field names.
/// </summary>
internal sealed class EffectivePolicy
{
    /// <summary>Stands for no policy where null cannot.</summary>
    public static readonly EffectivePolicy None = new(null);

    public EffectivePolicy(JObject? effective)
    {
        Defaults = effective?["defaults"] as JObject ?? [];
        Rules = effective?["rules"] as JObject ?? [];
        ImposedAssets = [.. (effective?["imposedAssets"] as JArray ?? []).Select(id => (string?)id).OfType<string>()];
    }

    /// <summary>The part of a policy of distributed trainings that holds for <c>worker</c> or <c>master</c>.</summary>
    public EffectivePolicy Of(string replica) => new(new JObject { ["defaults"] = Defaults[replica], ["rules"] = Rules[replica] });

    public JObject Defaults { get; }

    public JObject Rules { get; }

    /// <summary>The ids of the data sources that every workload gets.</summary>
    public IReadOnlyList<string> ImposedAssets { get; }
}
