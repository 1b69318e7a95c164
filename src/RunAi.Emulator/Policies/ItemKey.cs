using System.Text.Json.Nodes;

namespace RunAi.Emulator.Policies;

/// <summary>What tells the items of a list apart for exclusion and locking.</summary>
internal static class ItemKey
{
    public static string? Of(string field, JsonObject item) => field switch
    {
        "extendedResources" => (string?)item["resource"],
        "dataVolume" => (string?)item["id"],
        _ => (string?)item["name"],
    };
}
