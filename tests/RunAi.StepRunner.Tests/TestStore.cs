using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RunAi.StepRunner.Tests;

/// <summary>An object store behind pre-signed URLs, in memory, that can be told to misbehave.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    /// <summary>The part of an address that must never be shown.</summary>
    public const string Permission = "sig=secret-permission";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly WebApplication _server;
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TestStore(WebApplication server) => _server = server;

    public ConcurrentDictionary<string, byte[]> Objects { get; } = new();

    /// <summary>Every request in order: <c>GET key</c> or <c>PUT key</c>.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Asked before each request is served; true when the fault has answered it.</summary>
    public Func<HttpContext, Task<bool>> Fault { get; set; } = _ => Task.FromResult(false);

    private string Root => _server.Urls.First();

    public static async Task<TestStore> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                if (certificate is not null)
                {
                    listen.UseHttps(certificate);
                }
            });
        });
        var store = new TestStore(builder.Build());
        store._server.Run(store.ServeAsync);
        await store._server.StartAsync();
        return store;
    }

    public string Address(string key) => $"{Root}/{key}?{Permission}";

    public string Text(string key) => System.Text.Encoding.UTF8.GetString(Objects[key]);

    public int Count(string request) => Requests.Count(r => r == request);

    /// <summary>Waits until something is true of the store; asked after every request.</summary>
    public async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                changed = _changed.Task;
            }

            if (condition())
            {
                return;
            }

            await changed.WaitAsync(limit.Token);
        }
    }

    /// <summary>Writes all objects as files.</summary>
    public void CopyTo(string folder)
    {
        foreach (var (key, content) in Objects)
        {
            var path = Path.Combine(folder, key);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }
    }

    /// <summary>Takes all files as objects.</summary>
    public void TakeFrom(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            Objects[Path.GetRelativePath(folder, path)] = File.ReadAllBytes(path);
        }
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        var key = context.Request.Path.Value![1..];
        Requests.Enqueue($"{context.Request.Method} {key}");
        if (!await Fault(context))
        {
            await (context.Request.Method == "PUT" ? PutAsync(context, key) : GetAsync(context, key));
        }

        lock (_lock)
        {
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private async Task PutAsync(HttpContext context, string key)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (context.Request.ContentLength is null || context.Request.Headers["x-test-type"] != "block")
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        Objects[key] = body.ToArray();
        context.Response.StatusCode = StatusCodes.Status201Created;
    }

    private async Task GetAsync(HttpContext context, string key)
    {
        if (!Objects.TryGetValue(key, out var bytes))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var range = context.Request.GetTypedHeaders().Range?.Ranges.Single();
        var from = (int)(range?.From ?? 0);
        if (range is not null && from >= bytes.Length)
        {
            context.Response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            return;
        }

        var piece = bytes.AsMemory(from, (int)Math.Min(bytes.Length - from, (range?.To ?? bytes.Length) - from + 1));
        context.Response.StatusCode = range is null ? StatusCodes.Status200OK : StatusCodes.Status206PartialContent;
        context.Response.ContentLength = piece.Length;
        await context.Response.Body.WriteAsync(piece);
    }
}
