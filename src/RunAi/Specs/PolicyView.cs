using Newtonsoft.Json.Linq;
using RunAi.ControlPlane.Wire;

namespace RunAi.Specs;

/// <summary>
/// What a project's effective policy (<c>GET /api/v2/policy/trainings</c>, its <c>effective</c> object) says of fields of the
/// spec, which are named dotted, for example <c>compute.gpuPortionRequest</c>.
/// </summary>
internal sealed class PolicyView
{
    /// <summary>No policy: everything may be sent.</summary>
    public static readonly PolicyView None = new(null, null);

    private readonly JObject? _defaults;
    private readonly JObject? _rules;

    private PolicyView(JObject? defaults, JObject? rules)
    {
        _defaults = defaults;
        _rules = rules;
    }

    /// <summary>Views a policy.</summary>
    /// <param name="policy">The policy in force, or null where there is none.</param>
    public static PolicyView From(EffectivePolicy? policy) => policy is null ? None : new PolicyView(policy.Defaults, policy.Rules);

    /// <summary>The policy's default for a field, or null. One that is computed from another field is not known here.</summary>
    public JToken? DefaultOf(string path) => Find(_defaults, path);

    /// <summary>True when the policy fills the field by itself: with a value, or with one computed from another field.</summary>
    public bool HasDefault(string path) => DefaultOf(path) is not null || Find(_rules, path + ".defaultFrom") is not null;

    /// <summary>True when a submission may not carry the field (<c>canEdit: false</c>).</summary>
    public bool MayNotEdit(string path) => IsFalse(Find(_rules, path + ".canEdit"));

    /// <summary>True when a submission may not add items to a list such as <c>labels</c> (<c>instances.canAdd: false</c>).</summary>
    public bool MayNotAdd(string path) => IsFalse(Find(_rules, path + ".instances.canAdd"));

    /// <summary>True when a field that nobody set is better left out.</summary>
    public bool Decides(string path) => HasDefault(path) || MayNotEdit(path);

    private static bool IsFalse(JToken? token) => token is { Type: JTokenType.Boolean } && !token.Value<bool>();

    private static JToken? Find(JObject? root, string path)
    {
        JToken? token = root;
        foreach (var name in path.Split('.'))
        {
            token = (token as JObject)?[name];
        }

        return token is null or { Type: JTokenType.Null } ? null : token;
    }
}
