using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RunAi.Emulator.Tests.Images;

/// <summary>A registry in this process that serves images from memory, to everybody or to one user.</summary>
internal sealed class RegistryStandIn : IAsyncDisposable
{
    public const string User = "puller";
    public const string Password = "p:w";

    private readonly WebApplication _app;
    private readonly string _authentication;

    private RegistryStandIn(string authentication)
    {
        _authentication = authentication;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapGet("/v2/team/steps/{kind}/{reference}", Serve);
        _app.MapGet("/token", Token);
    }

    public string Host => new Uri(_app.Urls.First()).Authority;

    /// <summary>Content by digest, and manifests by tag.</summary>
    public ConcurrentDictionary<string, byte[]> Content { get; } = new();

    public ConcurrentQueue<string> Requests { get; } = new();

    /// <param name="authentication">none, basic or token.</param>
    public static async Task<RegistryStandIn> StartAsync(string authentication = "none")
    {
        var registry = new RegistryStandIn(authentication);
        await registry._app.StartAsync();
        return registry;
    }

    public string Push(SampleImage image, string tag)
    {
        foreach (var (digest, bytes) in image.Blobs)
        {
            Content[digest] = bytes;
        }

        Content[tag] = image.Manifest;
        return $"{Host}/team/steps:{tag}";
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string Login => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"));

    private IResult Serve(HttpContext context, string kind, string reference)
    {
        var given = context.Request.Headers.Authorization.ToString();
        if (_authentication != "none" && given != (_authentication == "basic" ? Login : "Bearer the-token"))
        {
            context.Response.Headers.WWWAuthenticate = _authentication == "basic"
                ? "Basic realm=\"registry\""
                : $"Bearer realm=\"http://{Host}/token\",service=\"registry\",scope=\"repository:team/steps:pull\"";
            return Results.StatusCode(401);
        }

        Requests.Enqueue($"{kind}/{reference}");
        return Content.TryGetValue(reference, out var bytes)
            ? Results.Bytes(bytes, kind == "manifests" ? "application/vnd.oci.image.manifest.v1+json" : "application/octet-stream")
            : Results.NotFound();
    }

    private static IResult Token(HttpContext context) =>
        context.Request.Headers.Authorization == Login && context.Request.Query["scope"] == "repository:team/steps:pull"
            ? Results.Json(new { token = "the-token" })
            : Results.StatusCode(401);
}
