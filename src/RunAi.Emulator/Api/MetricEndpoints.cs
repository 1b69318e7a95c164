using System.Globalization;
using RunAi.Emulator.Api.Listing;
using RunAi.Emulator.Metrics;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Api;

/// <summary>GET /workloads/{id}/metrics and /workloads/{id}/pods/{podId}/metrics.</summary>
internal static class MetricEndpoints
{
    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(
            "/api/v1/workloads/{workloadId}/metrics", (string workloadId, HttpContext context, ControlPlane plane) => plane.Read(_ =>
            {
                if (WorkloadEndpoints.Find(plane, workloadId) is not { } workload)
                {
                    return ApiError.NotFound($"There is no workload {workloadId}.");
                }

                var series = new WorkloadSeries(plane.Usage, workload, workload.Pods);
                return Answer(context, plane, workload, type => series.Find(type) is { } metricSeries ? [metricSeries] : null);
            }));
        routes.MapGet(
            "/api/v1/workloads/{workloadId}/pods/{podId}/metrics",
            (string workloadId, string podId, HttpContext context, ControlPlane plane) =>
                plane.Read(_ => WorkloadEndpoints.Find(plane, workloadId) is { } workload
                    && workload.Pods.Find(item => item.Id.ToString() == podId) is { } pod
                        ? Answer(context, plane, workload, new PodSeries(plane.Usage, workload, pod).Find)
                        : ApiError.NotFound($"There is no pod {podId} in the workload {workloadId}.")));
    }

    private static IResult Answer(
        HttpContext context, ControlPlane plane, Workload workload, Func<string, IReadOnlyList<MetricSeries>?> find)
    {
        var query = context.Request.Query;
        var types = string.Join(',', query["metricType"].ToArray()).Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (types is [])
        {
            throw new QueryException("metricType: is required.");
        }

        var series = types.Select(type =>
            find(type) ?? throw new QueryException($"metricType: '{type}' is none of the enumeration.")).ToList();
        var times = SampleTimes.Of(query, plane.Clock.GetUtcNow());
        var lost = plane.Usage.LostTypes(workload);
        var body = new
        {
            Measurements = series.SelectMany(all => all).Where(metricSeries => !lost.Contains(metricSeries.Type))
                .Select(metricSeries => Row(metricSeries, times)),
        };
        return Results.Json(body, Wire.WireJson.Options, statusCode: types.Any(lost.Contains) ? 207 : 200);
    }

    private static object Row(MetricSeries series, List<DateTimeOffset> times) => new
    {
        series.Type,
        series.Labels,
        Values = times
            .Select(at => (At: at, Number: series.At(at)))
            .Where(sample => sample.Number is not null)
            .Select(sample =>
                new { Value = sample.Number!.Value.ToString("0.############", CultureInfo.InvariantCulture), Timestamp = sample.At })
            .ToList(),
    };
}
