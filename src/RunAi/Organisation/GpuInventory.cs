using System.Globalization;
using RunAi.ControlPlane;
using RunAi.ControlPlane.Wire;

namespace RunAi.Organisation;

/// <summary>
/// How many GPUs there are and how many are free, for each cluster, node pool or node. Only the metrics store knows, and a control
/// plane may be without one: then nothing is known, and nothing fails.
/// </summary>
internal sealed class GpuInventory
{
    /// <summary>All GPU devices.</summary>
    public const string All = "TOTAL_GPUS";

    /// <summary>What nobody holds.</summary>
    public const string Free = "FREE_GPUS";

    private readonly Dictionary<(string Type, string Cluster, string Name), double> _numbers = [];

    private GpuInventory()
    {
    }

    /// <summary>Asks once for each type.</summary>
    /// <param name="client">Whom to ask.</param>
    /// <param name="group"><c>Nodepool</c> or <c>Node</c>; null for whole clusters.</param>
    /// <param name="types">What to count.</param>
    /// <param name="ct">Ends the requests.</param>
    public static async Task<GpuInventory> TakeAsync(
        ControlPlaneClient client, string? group, IEnumerable<string> types, CancellationToken ct)
    {
        var census = new GpuInventory();
        string[] groups = group is null ? ["ClusterId"] : ["ClusterId", group];
        try
        {
            foreach (var type in types)
            {
                census.Add(type, groups, await client.ReadNodeTelemetryAsync(type, groups, ct).ConfigureAwait(false));
            }
        }
        catch (RunAiApiException e)
        {
            client.Log.Verbose($"Free GPUs are not shown: {e.Message}");
        }

        return census;
    }

    /// <summary>A number, null when the metrics store does not say.</summary>
    public double? Count(string type, string clusterId, params string?[] names) => names.Length == 0
        ? Find(type, clusterId, "")
        : names.Select(name => name is null ? null : Find(type, clusterId, name)).FirstOrDefault(static found => found is not null);

    private double? Find(string type, string clusterId, string name) =>
        _numbers.TryGetValue((type, clusterId.ToUpperInvariant(), name), out var number) ? number : null;

    private void Add(string type, string[] groups, TelemetryRecord told)
    {
        foreach (var value in told.Values)
        {
            if (double.TryParse(value.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && !double.IsNaN(number) && !double.IsInfinity(number))
            {
                var found = groups.Select(key => value.Groups.FirstOrDefault(group => group.Key == key)).ToArray();
                var cluster = found[0]?.Value.ToUpperInvariant() ?? "";
                foreach (var name in found.Length == 1 ? [""] : new[] { found[1]?.Value, found[1]?.Name }.OfType<string>().Distinct())
                {
                    _numbers[(type, cluster, name)] = number;
                }
            }
        }
    }
}
