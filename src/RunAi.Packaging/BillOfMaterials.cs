using System.Text.Json.Nodes;

namespace RunAi.Packaging;

/// <summary>
/// Writes the bill of materials: CycloneDX 1.6 as JSON (https://cyclonedx.org/docs/1.6/json). The same parts give the same text.
/// </summary>
internal static class BillOfMaterials
{
    /// <summary>The text of the file.</summary>
    public static string Text(string version, IEnumerable<ShippedPart> parts)
    {
        var document = new JsonObject
        {
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["version"] = 1,
            ["metadata"] = new JsonObject
            {
                ["component"] = new JsonObject
                {
                    ["type"] = "library",
                    ["bom-ref"] = $"pkg:nuget/RunAi@{version}",
                    ["name"] = "RunAi",
                    ["version"] = version,
                    ["licenses"] = new JsonArray(License("MIT")),
                    ["purl"] = $"pkg:nuget/RunAi@{version}",
                },
            },
            ["components"] = new JsonArray([.. parts.Select(Component)]),
        };
        return document.ToJsonString(new() { WriteIndented = true }).ReplaceLineEndings("\n") + "\n";
    }

    private static JsonObject Component(ShippedPart part)
    {
        var component = new JsonObject
        {
            ["type"] = "library",
            ["bom-ref"] = part.PackageUrl,
            ["name"] = part.Name,
            ["version"] = part.Version,
            ["copyright"] = part.Copyright,
            ["licenses"] = new JsonArray(License(part.License)),
            ["purl"] = part.PackageUrl,
        };
        if (part.Sha512 is not null)
        {
            component["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-512", ["content"] = part.Sha512 });
        }

        return component;
    }

    private static JsonObject License(string id) => new() { ["license"] = new JsonObject { ["id"] = id } };
}
