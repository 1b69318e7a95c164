using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace RunAi.StepRunner.Tests;

/// <summary>Ways for a <see cref="TestStore"/> to misbehave.</summary>
internal static class Faults
{
    public static Func<HttpContext, Task<bool>> Status(string method, string key, int status, int times = int.MaxValue) =>
        Matching(method, key, times, context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

    /// <summary>Cuts the connection before anything is answered.</summary>
    public static Func<HttpContext, Task<bool>> Cut(string method, string key, int times = int.MaxValue) =>
        Matching(method, key, times, context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

    /// <summary>Answers a GET with some of its bytes, and cuts the connection.</summary>
    public static Func<HttpContext, Task<bool>> CutAfter(TestStore store, string key, int bytes, int times = int.MaxValue) =>
        Matching("GET", key, times, async context =>
        {
            var content = store.Objects[key];
            var from = (int)(context.Request.GetTypedHeaders().Range?.Ranges.Single().From ?? 0);
            context.Response.StatusCode = StatusCodes.Status206PartialContent;
            context.Response.ContentLength = content.Length - from;
            await context.Response.Body.WriteAsync(content.AsMemory(from, Math.Min(bytes, content.Length - from)));
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

    /// <summary>Reads some of a PUT's body, and cuts the connection.</summary>
    public static Func<HttpContext, Task<bool>> CutWhileSent(string key, int bytes, int times) =>
        Matching("PUT", key, times, async context =>
        {
            await context.Request.Body.ReadExactlyAsync(new byte[bytes]);
            context.Abort();
        });

    /// <summary>Takes no request at all for as long as a condition holds.</summary>
    public static Func<HttpContext, Task<bool>> AwayWhile(Func<bool> condition) => context =>
    {
        var away = condition();
        if (away)
        {
            context.Abort();
        }

        return Task.FromResult(away);
    };

    private static Func<HttpContext, Task<bool>> Matching(
        string method, string key, int times, Func<HttpContext, Task> answer) => async context =>
    {
        if (context.Request.Method != method || context.Request.Path.Value![1..] != key || Interlocked.Decrement(ref times) < 0)
        {
            return false;
        }

        context.Features.GetRequiredFeature<IHttpResponseFeature>().StatusCode = StatusCodes.Status500InternalServerError;
        await answer(context);
        return true;
    };
}
