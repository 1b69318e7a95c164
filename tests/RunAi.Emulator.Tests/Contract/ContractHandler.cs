using System.Net;
using System.Text.Json;
using Microsoft.OpenApi.Models;

namespace RunAi.Emulator.Tests.Contract;

/// <summary>Holds every answer, and every request that was accepted, to the document on the way through.</summary>
internal sealed class ContractHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>
    /// Statuses the document forgets: it declares no code for a malformed query of these lists, and none for a
    /// name that is taken.
    /// </summary>
    private static readonly HashSet<(string, string, HttpStatusCode)> Undeclared =
    [
        ("GET", "/api/v1/workloads", HttpStatusCode.BadRequest),
        ("GET", "/api/v1/workloads/count", HttpStatusCode.BadRequest),
        ("GET", "/api/v1/workloads/pods", HttpStatusCode.BadRequest),
        ("GET", "/api/v1/nodes", HttpStatusCode.BadRequest),
        ("POST", "/api/v1/workloads/trainings", HttpStatusCode.Conflict),
        ("POST", "/api/v1/workloads/distributed", HttpStatusCode.Conflict),
    ];

    /// <summary>Operations that were seen, as "GET /path".</summary>
    public HashSet<string> Seen { get; } = [];

    /// <summary>How many answers were held to the document.</summary>
    public int Answers { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        var sent = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        var answer = await base.SendAsync(request, cancellationToken);
        if (ContractDocument.Current is not { } document || !path.StartsWith("/api/", StringComparison.Ordinal))
        {
            return answer;
        }

        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        var (template, operation) = Find(document, request.Method.Method, path);
        Seen.Add($"{request.Method} {template}");
        Answers++;
        await CheckAnswerAsync(request.Method.Method, template, operation, answer, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            CheckQuery(operation, request.RequestUri);
            CheckBody(operation, sent);
        }

        return answer;
    }

    /// <summary>The operation with the most literal segments that fits the path.</summary>
    private static (string Template, OpenApiOperation Operation) Find(OpenApiDocument document, string method, string path)
    {
        var segments = path.Split('/');
        var verb = Enum.Parse<OperationType>(method, ignoreCase: true);
        var (template, item) = document.Paths
            .Where(entry => Fits(entry.Key.Split('/'), segments) && entry.Value.Operations.ContainsKey(verb))
            .OrderBy(entry => entry.Key.Count(c => c == '{'))
            .FirstOrDefault();
        Assert.True(template is not null, $"The document has no {method} {path}.");
        return (template, item.Operations[verb]);
    }

    private static bool Fits(string[] template, string[] path) => template.Length == path.Length
        && template.Zip(path).All(pair => pair.First == pair.Second || (pair.First is ['{', ..] && pair.Second.Length > 0));

    private static async Task CheckAnswerAsync(
        string method, string template, OpenApiOperation operation, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        Assert.True(answer.Headers.Contains("X-Request-Id"), $"{method} {template} answers without X-Request-Id.");
        var status = (int)answer.StatusCode;
        if (!operation.Responses.TryGetValue(status.ToString(System.Globalization.CultureInfo.InvariantCulture), out var declared))
        {
            Assert.True(Undeclared.Contains((method, template, answer.StatusCode)), $"{method} {template} declares no {status}.");
            declared = operation.Responses["401"];
        }

        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (!declared.Content.TryGetValue("application/json", out var content))
        {
            Assert.Equal("", text);
            return;
        }

        using var json = JsonDocument.Parse(text);
        var failures = SchemaCheck.Failures(content.Schema, json.RootElement, isRequest: false);
        Assert.True(failures.Count == 0, $"{method} {template} {status}: {string.Join("; ", failures)}\n{text}");
    }

    private static void CheckQuery(OpenApiOperation operation, Uri uri)
    {
        foreach (var (name, values) in Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(uri.Query))
        {
            var parameter = operation.Parameters.SingleOrDefault(openApiParameter => openApiParameter.In == ParameterLocation.Query
                && openApiParameter.Name == name);
            Assert.True(parameter is not null, $"{uri} has a query parameter the document does not know: {name}");
            foreach (var value in parameter.Schema.Type == "array" ? values.ToString().Split(',') : [values.ToString()])
            {
                var schema = parameter.Schema.Items ?? parameter.Schema;
                var literal = schema.Type is "integer" or "boolean" or "number" ? value : JsonSerializer.Serialize(value);
                using var json = JsonDocument.Parse(literal);
                Assert.Empty(SchemaCheck.Failures(schema, json.RootElement, isRequest: true));
            }
        }
    }

    private static void CheckBody(OpenApiOperation operation, string? sent)
    {
        if (operation.RequestBody is not { } body)
        {
            Assert.True(string.IsNullOrEmpty(sent), "A body was accepted where the document has none.");
            return;
        }

        using var json = JsonDocument.Parse(sent!);
        var failures = SchemaCheck.Failures(body.Content["application/json"].Schema, json.RootElement, isRequest: true);
        Assert.True(failures.Count == 0, $"Accepted although: {string.Join("; ", failures)}\n{sent}");
    }
}
