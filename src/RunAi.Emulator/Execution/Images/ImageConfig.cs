using System.Text.Json.Nodes;

namespace RunAi.Emulator.Execution.Images;

/// <summary>What an image says about its containers (OCI image specification, image configuration).</summary>
internal sealed record ImageConfig
{
    public static ImageConfig Empty { get; } = new();

    public IReadOnlyList<string> Entrypoint { get; private init; } = [];

    public IReadOnlyList<string> Cmd { get; private init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Env { get; private init; } = [];

    public string WorkingDir { get; private init; } = "/";

    /// <remarks>The properties are named as the fields of the document.</remarks>
    public static ImageConfig Read(JsonNode? document)
    {
        var config = document?["config"];
        return new ImageConfig
        {
            Entrypoint = Texts(config?[nameof(Entrypoint)]),
            Cmd = Texts(config?[nameof(Cmd)]),
            Env = [.. Texts(config?[nameof(Env)]).Select(line => line.Split('=', 2))
                .Select(pair => KeyValuePair.Create(pair[0], pair.Length > 1 ? pair[1] : ""))],
            WorkingDir = (string?)config?[nameof(WorkingDir)] is { Length: > 0 } folder ? folder : "/",
        };
    }

    private static List<string> Texts(JsonNode? list) => [.. (list as JsonArray ?? []).Select(item => (string?)item ?? "")];
}
