using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Newtonsoft.Json.Linq;
using RunAi.Json;
using RunAi.Redaction;
using RunAi.RunManifest;
using RunAi.Steps;

namespace RunAi.Specs;

/// <summary>
/// The body of a creation request (<c>TrainingCreationRequest</c> or <c>DistributedCreationRequest</c>), byte for byte the same for the
/// same input.
/// </summary>
internal sealed class TrainingSpec
{
    private const string Mask =
        "*** (not shown, as it looks like a secret: everyone who lists workloads can read it; refer to a secret of the cluster)";

    public TrainingSpec(JObject body)
    {
        Body = body;
        Json = WireJson.Write(body);
        Digest = DigestOf(body);
    }

    /// <summary>The body. Not to be changed: <see cref="Json"/> and <see cref="Digest"/> would no longer tell of it.</summary>
    public JObject Body { get; }

    /// <summary>The body as it is sent.</summary>
    public string Json { get; }

    /// <summary>The workload's name.</summary>
    public string Name => Body.Value<string>("name")!;

    /// <summary>
    /// <c>sha256:</c> and 64 hexadecimal digits of the body without the label that tells this library's version, so that a
    /// newer version still knows an older one's run, and without the signature of the manifest's address, which changes with the time.
    /// </summary>
    public string Digest { get; }

    /// <summary>The body for people: whoever reads it may not read what the address of the manifest lets one read.</summary>
    public JObject Shown()
    {
        var copy = (JObject)Body.DeepClone();
        WithoutSignature(copy);
        return copy;
    }

    /// <summary>The same for a screen: without values of the environment that look like secrets, too.</summary>
    public JObject Masked()
    {
        var copy = Shown();
        foreach (var variable in Variables(copy))
        {
            if ((string?)variable["value"] is { } value && SecretHeuristic.Is((string?)variable["name"] ?? "", value))
            {
                variable["value"] = Mask;
            }
        }

        return copy;
    }

    /// <summary>The body without the labels that tell this library's version.</summary>
    public static void WithoutVersion(JObject body)
    {
        foreach (var spec in Specs(body))
        {
            (spec["labels"] as JArray)?.FirstOrDefault(label => (string?)label["name"] == RunLabels.Version)?.Remove();
        }
    }

    /// <summary>The specs of the kinds of pods.</summary>
    public static IEnumerable<JObject> Specs(JObject body) => new[] { body["spec"], body["masterSpec"] }.OfType<JObject>();

    private static IEnumerable<JObject> Variables(JObject body) =>
        Specs(body).SelectMany(spec => spec["environmentVariables"] as JArray ?? []).OfType<JObject>();

    private static void WithoutSignature(JObject body)
    {
        foreach (var variable in Variables(body))
        {
            if ((string?)variable["name"] == Manifest.AddressVariable && (string?)variable["value"] is { } address)
            {
                variable["value"] = address.Split('?')[0];
            }
        }
    }

    private static string DigestOf(JObject body)
    {
        var copy = (JObject)body.DeepClone();
        WithoutVersion(copy);
        WithoutSignature(copy);
        using var sha = SHA256.Create();
        var digest = sha.ComputeHash(Encoding.UTF8.GetBytes(WireJson.Write(copy)));
        return "sha256:" + string.Concat(digest.Select(part => part.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
