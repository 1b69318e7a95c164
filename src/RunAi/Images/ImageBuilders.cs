using Newtonsoft.Json.Linq;
using RunAi.Components;
using RunAi.Configuration;

namespace RunAi.Images;

/// <summary>Image builders in the configuration file, and their rules.</summary>
internal static class ImageBuilders
{
    public const string Layer = "Layer";
    public const string Docker = "Docker";
    public const string None = "None";

    private static readonly ComponentKind<ImageBuilder> Kind = new()
    {
        Section = "imageBuilders",
        Words = "image builder",
        NotFoundId = ErrorIds.ImageBuilderNotFound,
        ExistsId = ErrorIds.ImageBuilderExists,
        HowToRegister = "Register-RunAiImageBuilder {0} -Flavor Layer",
        Read = (name, json, faults) => new ImageBuilder
        {
            Name = name,
            Flavor = ComponentJson.Text(json, "flavor", faults) ?? "",
            WorkingDir = ComponentJson.Text(json, "workingDir", faults),
            Platform = ComponentJson.Text(json, "platform", faults),
            Dockerfile = ComponentJson.Text(json, "dockerfile", faults),
            Target = ComponentJson.Text(json, "target", faults),
            BuildArguments = ComponentJson.Texts(json, "buildArguments", faults),
            Endpoint = ComponentJson.Text(json, "endpoint", faults),
        },
        Write = (one, json) =>
        {
            ComponentJson.Put(json, "flavor", one.Flavor);
            ComponentJson.Put(json, "workingDir", one.WorkingDir);
            ComponentJson.Put(json, "platform", one.Platform);
            ComponentJson.Put(json, "dockerfile", one.Dockerfile);
            ComponentJson.Put(json, "target", one.Target);
            ComponentJson.Put(json, "buildArguments", one.BuildArguments.Count == 0 ? null : JObject.FromObject(one.BuildArguments));
            ComponentJson.Put(json, "endpoint", one.Endpoint);
        },
        Check = Check,
    };

    public static ComponentSection<ImageBuilder> In(ConfigurationFile file) => new(file, Kind);

    /// <summary>Puts the flavor in its one form and checks all rules.</summary>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.InvalidImageBuilder"/>.</exception>
    public static void Check(ImageBuilder one)
    {
        if (ComponentName.Fault(one.Name) is { } fault)
        {
            throw Invalid(one, fault);
        }

        one.Flavor = new[] { Layer, Docker, None }.FirstOrDefault(known => known.Equals(one.Flavor, StringComparison.OrdinalIgnoreCase))
            ?? throw Invalid(one, $"'{one.Flavor}' is no flavor of image builder. Use Layer, Docker or None.");
        if (one.Flavor != Docker && (one.Dockerfile ?? one.Target ?? one.Endpoint ?? one.BuildArguments.Keys.FirstOrDefault()) is not null)
        {
            throw Invalid(one, $"-Dockerfile, -Target, -BuildArgument and -Endpoint belong to the flavor Docker, and this one's is {one.Flavor}. Leave them out, or use -Flavor Docker.");
        }

        try
        {
            WorkingFolder.Normalise(one.WorkingDir);
            ImagePlatform.Parse(one.Platform);
            if (one.Endpoint is not null)
            {
                EngineEndpoint.Parse(one.Endpoint);
            }
        }
        catch (ImageBuildException wrong)
        {
            throw Invalid(one, wrong.Message);
        }
    }

    private static ConfigurationException Invalid(ImageBuilder one, string message) =>
        new(ErrorIds.InvalidImageBuilder, message) { Target = one.Name };
}
