using Newtonsoft.Json.Linq;

namespace RunAi.Tests.Specs;

/// <summary>Finds Run:ai's OpenAPI document: <c>$RUNAI_OPENAPI</c>, or <c>shared/runai-openapi.json</c> in a folder above.</summary>
internal static class OpenApiDocument
{
    private static readonly Lazy<JObject?> Document = new(() => Path() is { } path ? JObject.Parse(File.ReadAllText(path)) : null);

    /// <summary>The document. The test is skipped without one, and fails in a CI build.</summary>
    public static JObject Require()
    {
        if (Document.Value is { } document)
        {
            return document;
        }

        const string missing = "Run:ai's OpenAPI document is not here: set RUNAI_OPENAPI to its path.";
        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", missing);
        Skip.If(true, missing);
        throw new InvalidOperationException(missing);
    }

    private static string? Path()
    {
        if (Environment.GetEnvironmentVariable("RUNAI_OPENAPI") is { Length: > 0 } named)
        {
            return named;
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = System.IO.Path.Combine(folder.FullName, "shared", "runai-openapi.json");
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
