using Newtonsoft.Json.Linq;
using RunAi.ControlPlane.Wire;

namespace RunAi.Policies;

/// <summary>
/// What a project's effective policy (<c>GET /api/v2/policy/trainings</c>, its <c>effective</c> object) says of the fields of a
/// spec, which are named dotted, for example <c>compute.gpuPortionRequest</c>. The one reader of policies.
/// </summary>
internal sealed class PolicyView
{
    /// <summary>No policy: everything may be sent.</summary>
    public static readonly PolicyView None = new(EffectivePolicy.None);

    private readonly EffectivePolicy _policy;

    private PolicyView(EffectivePolicy policy) => _policy = policy;

    /// <summary>True when it fills in nothing and refuses nothing.</summary>
    public bool IsEmpty => !_policy.Defaults.HasValues && !_policy.Rules.HasValues && ImposedAssets.Count == 0;

    /// <summary>The ids of the data sources that every workload gets, whatever it asks for.</summary>
    public IReadOnlyList<string> ImposedAssets => _policy.ImposedAssets;

    /// <summary>Views a policy.</summary>
    /// <param name="policy">The policy in force, or null where there is none.</param>
    public static PolicyView From(EffectivePolicy? policy) => policy is null ? None : new PolicyView(policy);

    /// <summary>The policy's default for a field, or null. One that is computed from another field is not known here.</summary>
    public JToken? DefaultOf(string path) => Find(_policy.Defaults, path);

    /// <summary>True when the policy fills the field by itself: with a value, or with one computed from another field.</summary>
    public bool HasDefault(string path) => DefaultOf(path) is not null || Find(_policy.Rules, path + ".defaultFrom") is not null;

    /// <summary>
    /// True when a submission may not carry the field (<c>canEdit: false</c>, or <c>blocked: true</c> of 2.25 and later).
    /// </summary>
    public bool MayNotEdit(string path) =>
        IsFalse(Find(_policy.Rules, path + ".canEdit")) || IsTrue(Find(_policy.Rules, path + ".blocked"));

    /// <summary>True when a submission may not add items to a list such as <c>labels</c> (<c>instances.canAdd: false</c>).</summary>
    public bool MayNotAdd(string path) => IsFalse(Find(_policy.Rules, path + ".instances.canAdd"));

    /// <summary>True when a field that nobody set is better left out.</summary>
    public bool Decides(string path) => HasDefault(path) || MayNotEdit(path);

    /// <summary>What a spec comes to when the policy has filled in what it leaves out and taken out what it excludes.</summary>
    public JObject Complete(JObject spec) => PolicyDefaults.Complete(spec, _policy);

    /// <summary>Every rule that a spec, as it would be sent, breaks.</summary>
    public IReadOnlyList<PolicyRefusal> Check(JObject spec) => new PolicyCheck(_policy).Run(spec, Complete(spec));

    private static bool IsFalse(JToken? token) => token is { Type: JTokenType.Boolean } && !token.Value<bool>();

    private static bool IsTrue(JToken? token) => token is { Type: JTokenType.Boolean } && token.Value<bool>();

    private static JToken? Find(JObject root, string path)
    {
        JToken? token = root;
        foreach (var name in path.Split('.'))
        {
            token = (token as JObject)?[name];
        }

        return token.OrAbsent();
    }
}
