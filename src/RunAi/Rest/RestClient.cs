using RunAi.ControlPlane;
using RunAi.Redaction;

namespace RunAi.Rest;

/// <summary>
/// Sends requests to any endpoint with a session's token and patience: what only reads, PUT and DELETE are repeated when need be; POST
/// and PATCH only when they surely were not accepted.
/// </summary>
internal sealed class RestClient
{
    private readonly ControlPlaneClient _client;

    public RestClient(ControlPlaneClient client) => _client = client;

    /// <summary>What is sent; checked here, before anything is.</summary>
    /// <exception cref="RunAiException"><see cref="ErrorIds.InvalidRestRequest"/>.</exception>
    public static ApiRequest Prepare(RestMethod given, Uri baseUrl)
    {
        var (path, flaw) = RestPath.Read(given.Path, baseUrl);
        if (path is null)
        {
            throw RestJson.Invalid($"The path '{CleanText.Of(given.Path)}' {flaw}", given.Path);
        }

        if (given.Body is not null && given.IsReading)
        {
            throw RestJson.Invalid($"{given.Method} has no body. Leave -Body out, or name the -Method that takes it.", given.Path);
        }

        var method = new HttpMethod(given.Method);
        return new ApiRequest(method, path)
        {
            Query = Query(given),
            Body = given.Body is null ? null : RestJson.Write(given.Body),
            Purpose = $"send {given.Method} {path}",
            Target = path,
            WantsBody = method == HttpMethod.Get,
            Repeatable = given.IsReading || method == HttpMethod.Put || method == HttpMethod.Delete,
        };
    }

    /// <summary>The answer's body as plain values; null when there is none.</summary>
    public async Task<object?> SendAsync(ApiRequest request, CancellationToken ct) =>
        RestJson.Read((await _client.SendAsync(request, ct).ConfigureAwait(false)).Json);

    /// <summary>
    /// Gives the rows of a list on, page by page, whichever of the API's shapes the list has: a bare array; rows with the offset of the
    /// next page beside them (<c>next</c>, or <c>pagination.nextOffset</c>); rows alone, with pages or without.
    /// </summary>
    /// <exception cref="RunAiException">The answer is no list.</exception>
    public async Task EachAsync(ApiRequest request, int most, Func<IReadOnlyList<object?>, Task> take, CancellationToken ct)
    {
        var asked = RestPager.LimitOf(request.Query) ?? Math.Min(Page<object>.MaxRows, most);
        var pager = new RestPager(RestPager.OffsetOf(request.Query) ?? 0, asked);
        var left = most;
        while (left > 0 && !pager.IsOver)
        {
            var page = request with { Query = RestPager.WithPage(request.Query, pager.Offset, asked) };
            var answer = await _client.SendAsync(page, ct).ConfigureAwait(false);
            var rows = pager.Read(answer.Json) ?? throw ApiErrors.Unexpected(
                _client.Session, request, answer, "it holds no list, or more than one. Ask without -All");
            var meant = rows.Take(left).Select(RestJson.Read).ToList();
            left -= meant.Count;
            await take(meant).ConfigureAwait(false);
        }
    }

    private static string Query(RestMethod given)
    {
        var query = new QueryText();
        foreach (var (name, value) in given.Query.Select(static pair => (pair.Key, pair.Value)))
        {
            if (name.Length == 0 || name.Any(static c => !char.IsLetterOrDigit(c) && c is not ('_' or '-' or '.')))
            {
                throw RestJson.Invalid(
                    $"'{CleanText.Of(name)}' is no name of a query parameter. Expected letters, digits, _ - and dots, as the API names it.",
                    name);
            }

            // Lists are one parameter, joined by commas, in all of the API.
            query.AddEncoded(name, value switch
            {
                null => null,
                not string and System.Collections.IEnumerable list =>
                    string.Join(",", list.Cast<object>().Select(static item => Uri.EscapeDataString(RestJson.Text(item)))),
                _ => Uri.EscapeDataString(RestJson.Text(value)),
            });
        }

        return query.ToString();
    }
}
