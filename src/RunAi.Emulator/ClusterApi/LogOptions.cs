using RunAi.Emulator.Api.Listing;

namespace RunAi.Emulator.ClusterApi;

/// <summary>What the query of a log asks for. Its names are those of Kubernetes' pod logs; NVIDIA publishes none.</summary>
/// <param name="Follow">True to send what is written later, too; the default.</param>
/// <param name="Previous">True for the instance before.</param>
/// <param name="Timestamps">True to begin each line with its time.</param>
/// <param name="Since">Only lines written since then.</param>
/// <param name="Pod">The pod by its name; null for the leader.</param>
/// <param name="Container">The container by its name.</param>
internal sealed record LogOptions(bool Follow, bool Previous, bool Timestamps, DateTimeOffset? Since, string? Pod, string? Container)
{
    /// <exception cref="QueryException">A value has another form.</exception>
    public static LogOptions Read(IQueryCollection query, DateTimeOffset now) => new(
        Flag(query, "follow", true),
        Flag(query, "previous", false),
        Flag(query, "timestamps", false),
        query["sinceSeconds"].ToString() is { Length: > 0 } text
            ? long.TryParse(text, out var seconds)
                ? now - TimeSpan.FromSeconds(seconds)
                : throw new QueryException($"sinceSeconds: '{text}' is no number.")
            : null,
        query["pod"].ToString() is { Length: > 0 } pod ? pod : null,
        query["container"].ToString() is { Length: > 0 } container ? container : null);

    private static bool Flag(IQueryCollection query, string name, bool otherwise) => query[name].ToString() switch
    {
        "" => otherwise,
        "true" => true,
        "false" => false,
        var other => throw new QueryException($"{name}: '{other}' is not true or false."),
    };
}
