using Microsoft.OpenApi.Models;
using Microsoft.OpenApi.Readers;

namespace RunAi.Emulator.Tests.Contract;

/// <summary>The official OpenAPI document, found in a folder "shared" beside or above the checkout, or by $RUNAI_OPENAPI.</summary>
internal static class ContractDocument
{
    public const string Absent =
        "The OpenAPI document is not here: neither shared/runai-openapi.json in a folder above, nor $RUNAI_OPENAPI.";

    private static readonly Lazy<OpenApiDocument?> Loaded = new(Load);

    public static OpenApiDocument? Current => Loaded.Value;

    /// <summary>The document; without it the test is skipped, except in CI, where it fails.</summary>
    public static OpenApiDocument Need()
    {
        if (Current is { } document)
        {
            return document;
        }

        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", Absent);
        Skip.If(true, Absent);
        throw new InvalidOperationException(Absent);
    }

    private static OpenApiDocument? Load()
    {
        if (Path() is not { } path)
        {
            return null;
        }

        using var file = File.OpenRead(path);
        return new OpenApiStreamReader().Read(file, out _);
    }

    private static string? Path()
    {
        if (Environment.GetEnvironmentVariable("RUNAI_OPENAPI") is { Length: > 0 } named)
        {
            return named;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = System.IO.Path.Combine(folder.FullName, "shared", "runai-openapi.json");
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
