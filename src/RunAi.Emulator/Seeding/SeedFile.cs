using System.Text.Json;
using System.Text.Json.Serialization;
using RunAi.Emulator.CommandLine;

namespace RunAi.Emulator.Seeding;

/// <summary>Reads a seed file. A file need not say everything: what it leaves out, the default world says.</summary>
internal static class SeedFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <exception cref="OptionException">The file is missing, is no JSON, or has an unknown or malformed field.</exception>
    public static Seed Read(string? path)
    {
        if (path is null)
        {
            return DefaultSeed.Create();
        }

        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new OptionException($"The seed file '{path}' cannot be used: {e.Message}", e);
        }
    }

    /// <exception cref="JsonException">The text is no JSON, or has an unknown or malformed field.</exception>
    public static Seed Parse(string text)
    {
        var seed = JsonSerializer.Deserialize<Seed>(text, Json) ?? throw new JsonException("The seed is null.");
        var usual = DefaultSeed.Create();
        seed = seed with
        {
            Clusters = seed.Clusters is [] ? usual.Clusters : seed.Clusters,
            Departments = seed.Departments is [] ? usual.Departments : seed.Departments,
            NodePools = seed.NodePools is [] ? usual.NodePools : seed.NodePools,
            Priorities = seed.Priorities is [] ? usual.Priorities : seed.Priorities,
        };

        // Default projects and nodes stand in default pools, so they go with those only.
        if (seed.Projects is [] && seed.NodePools == usual.NodePools)
        {
            seed = seed with { Projects = usual.Projects };
        }

        if (seed.Nodes is [] && seed.NodePools == usual.NodePools)
        {
            seed = seed with { Nodes = usual.Nodes };
        }

        return seed with { DefaultProject = seed.DefaultProject ?? (seed.Projects is [var first, ..] ? first.Name : "demo") };
    }
}
