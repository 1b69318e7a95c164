using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using Newtonsoft.Json.Linq;
using RunAi.Emulator.Api;
using RunAi.Emulator.CommandLine;
using RunAi.Emulator.Policies;
using RunAi.Emulator.Seeding;
using RunAi.Emulator.Shapes;
using RunAi.Emulator.State;
using RunAi.Policies;
using Xunit.Abstractions;

namespace RunAi.EndToEnd.Tests.Policies;

/// <summary>
/// The module's reading of policies and the emulator's, written apart from the same document, held against each other: what passes here is
/// accepted there, what is refused here is refused there, by the same rules of the same fields.
/// </summary>
public sealed class PolicyAgreementTests(ITestOutputHelper output)
{
    private const string Cluster = "71f69d83-ba66-4822-adf5-55ce55efd210";
    private static readonly string[] Kinds = ["required", "canEdit", "min", "max", "step", "options", "defaultFrom", "canAdd", "locked"];

    private static readonly Gen<byte[][]> Choices = Gen.Byte.Array[10].Array[1, 7];

    private static int Cases => int.TryParse(
        Environment.GetEnvironmentVariable("RUNAI_POLICY_CASES"), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        ? count : 10_000;

    [SkippableFact]
    public void Preflight_OfAnyPolicyAndSpec_SaysWhatTheEmulatorSays()
    {
        var document = Document();
        using var planes = new ThreadLocal<Emulator.ControlPlane>(
            () => new(DefaultSeed.Create(), new EmulatorOptions { Executor = ExecutorKind.Simulate }, TimeProvider.System),
            trackAllValues: true);
        var counts = new ConcurrentDictionary<string, int>();
        var touched = new ConcurrentDictionary<string, bool>();

        Choices.Sample(choices =>
        {
            var policyCase = new PolicyCase(document, choices);
            var (policy, submission) = Submit(planes.Value!, policyCase);
            var refusals = policy.Check(policyCase.Spec);

            // The same fields and rules, and each from the unit whose policy has it.
            Assert.Equal(
                submission.Issues.Where(issue => issue.Rule is not null).Select(issue => $"{issue.Field} {issue.Rule}")
                    .Order(StringComparer.Ordinal),
                refusals.Select(refusal => $"{refusal.Field} {refusal.Rule}").Order(StringComparer.Ordinal));
            Assert.All(refusals, refusal => Assert.Contains((refusal.Field, refusal.Rule, refusal.Source!.Scope), policyCase.Rules));

            Count(counts, refusals.Count > 0 ? "refused" : submission.Workload is null ? "malformed" : "accepted");
            Tally(counts, policyCase, policy.Complete(policyCase.Spec), refusals);
            policyCase.Rules.ForEach(rule => touched[rule.Field] = true);
        }, iter: Cases, print: choices => new PolicyCase(document, choices).ToString());

        output.WriteLine(
            $"{Cases} policies and specs, {touched.Count} fields with rules: {counts["accepted"]} accepted, {counts["refused"]} refused, "
            + $"{counts["malformed"]} malformed whatever the rules (not counted as accepted)");
        Kinds.ToList().ForEach(kind => output.WriteLine(
            $"{kind,-12} kept {counts.GetValueOrDefault("kept " + kind),6}  broken {counts.GetValueOrDefault("broken " + kind),6}"));
        Assert.All(Kinds, kind => Assert.True(
            counts.GetValueOrDefault("kept " + kind) > 0 && counts.GetValueOrDefault("broken " + kind) > 0, kind));
        Assert.Equal(
            document.Fields.Select(field => field.Path.TrimEnd('.')).Distinct().Order(StringComparer.Ordinal),
            touched.Keys.Order(StringComparer.Ordinal));
        Assert.True(counts["accepted"] > Cases / 10 && counts["refused"] > Cases / 10, "too few on one side");
    }

    [SkippableFact]
    public void Complete_OfAnyPolicyAndSpec_IsTheSpecTheEmulatorKeeps()
    {
        var document = Document();
        using var planes = new ThreadLocal<Emulator.ControlPlane>(() => new(
            DefaultSeed.Create(), new EmulatorOptions { Executor = ExecutorKind.Simulate }, TimeProvider.System));
        Choices.Sample(choices =>
        {
            var policyCase = new PolicyCase(document, choices);
            var (policy, _) = Submit(planes.Value!, policyCase);
            var kept = Emulator.Policies.PolicyDefaults.Apply((JsonObject)JsonNode.Parse(Text(policyCase.Spec))!, Effective(planes.Value!));

            Assert.Equal(Plain(JObject.Parse(kept.ToJsonString())), Plain(policy.Complete(policyCase.Spec)));
        }, iter: Cases / 4, print: choices => new PolicyCase(document, choices).ToString());
    }

    private static PolicyDocument Document() => new(new Dictionary<string, IReadOnlyList<string>>
    {
        ["nodePools"] = ["default", "a100"],
        ["priorityClass"] = ["low", "medium", "high"],
    });

    /// <summary>Puts the policies in force and submits the spec; nothing is created.</summary>
    private static (PolicyView Policy, Submission Submission) Submit(Emulator.ControlPlane plane, PolicyCase policyCase)
    {
        var project = plane.Organisation.ProjectById("1")!;
        foreach (var scope in new[] { PolicyScope.Tenant, PolicyScope.Of(project.Department), PolicyScope.Of(project) })
        {
            var meta = scope.ToJson();
            meta["name"] = "p";
            plane.Policies.Put(
                AsSent(new JsonObject { ["meta"] = meta, ["policy"] = JsonNode.Parse(Text(policyCase.Policies[scope.Scope])) }), "test");
        }

        var body = new JsonObject
        {
            ["name"] = "one",
            ["projectId"] = "1",
            ["clusterId"] = Cluster,
            ["spec"] = JsonNode.Parse(Text(policyCase.Spec)),
        };
        var violations = new List<ShapeViolation>();
        TrainingShape.Request.Check("", body, violations);
        Assert.Empty(violations);

        var effective = Effective(plane);
        var seen = new JObject
        {
            ["defaults"] = JObject.Parse(effective.Defaults.ToJsonString()),
            ["rules"] = JObject.Parse(effective.Rules.ToJsonString()),
        };
        return (PolicyView.From(new ControlPlane.Wire.EffectivePolicy(seen)), Submission.Examine(body, plane, WorkloadKind.Training));
    }

    private static string Text(JObject json) => json.ToString(Newtonsoft.Json.Formatting.None);

    private static JsonObject AsSent(JsonObject body) => (JsonObject)JsonNode.Parse(body.ToJsonString())!;

    private static Emulator.Policies.EffectivePolicy Effective(Emulator.ControlPlane plane) =>
        plane.Policies.Effective(PolicyScope.Of(plane.Organisation.ProjectById("1")!));

    private static void Tally(
        ConcurrentDictionary<string, int> counts, PolicyCase policyCase, JObject complete, IReadOnlyList<PolicyRefusal> refusals)
    {
        foreach (var (field, kind, _) in policyCase.Rules)
        {
            var broken = refusals.Any(refusal => refusal.Field == field && (refusal.Rule == kind || kind == "defaultFrom"));
            var applies = kind is "canEdit" or "canAdd" or "locked" || IsSet(complete, field);
            if (kind == "defaultFrom" && !(applies && !IsSet(policyCase.Spec, field)))
            {
                continue;
            }

            if (broken || applies)
            {
                Count(counts, $"{(broken ? "broken" : "kept")} {kind}");
            }
        }
    }

    /// <summary>Whether a spec has a value for a field, in one item at least where it is a field of a list's items.</summary>
    private static bool IsSet(JObject spec, string field) =>
        field.Split('.').Aggregate((IEnumerable<JToken>)[spec], (tokens, name) => tokens
            .SelectMany(token => token is JArray list ? list : (IEnumerable<JToken>)[token])
            .Select(token => (token as JObject)?[name]).OfType<JToken>()).Any();

    private static void Count(ConcurrentDictionary<string, int> counts, string what) =>
        counts.AddOrUpdate(what, 1, (_, count) => count + 1);

    /// <summary>JSON as text in one spelling: numbers alike, without sections and lists that hold nothing.</summary>
    private static string Plain(JToken token) => token switch
    {
        JObject section => "{" + string.Join(",", section.Properties().OrderBy(property => property.Name, StringComparer.Ordinal)
            .Where(property => property.Value is not JContainer { HasValues: false } && Plain(property.Value) is not "{}")
            .Select(property => $"{property.Name}:{Plain(property.Value)}")) + "}",
        JArray list => "[" + string.Join(",", list.Select(Plain)) + "]",
        { Type: JTokenType.Integer or JTokenType.Float } => ((decimal)(double)token).ToString("0.######", CultureInfo.InvariantCulture),
        _ => token.ToString(Newtonsoft.Json.Formatting.None),
    };
}
