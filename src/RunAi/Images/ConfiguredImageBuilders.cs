using Newtonsoft.Json.Linq;
using RunAi.Configuration;

namespace RunAi.Images;

/// <summary>Image builders in the configuration file, and their rules.</summary>
internal static class ConfiguredImageBuilders
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
        Write = (imageBuilder, json) =>
        {
            ComponentJson.Put(json, "flavor", imageBuilder.Flavor);
            ComponentJson.Put(json, "workingDir", imageBuilder.WorkingDir);
            ComponentJson.Put(json, "platform", imageBuilder.Platform);
            ComponentJson.Put(json, "dockerfile", imageBuilder.Dockerfile);
            ComponentJson.Put(json, "target", imageBuilder.Target);
            ComponentJson.Put(
                json, "buildArguments", imageBuilder.BuildArguments.Count == 0 ? null : JObject.FromObject(imageBuilder.BuildArguments));
            ComponentJson.Put(json, "endpoint", imageBuilder.Endpoint);
        },
        Check = Check,
    };

    public static ComponentSection<ImageBuilder> In(ConfigurationFile file) => new(file, Kind);

    /// <summary>Puts the flavor in its one form and checks all rules.</summary>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.InvalidImageBuilder"/>.</exception>
    public static void Check(ImageBuilder imageBuilder)
    {
        if (ComponentName.Fault(imageBuilder.Name) is { } fault)
        {
            throw Invalid(imageBuilder, fault);
        }

        imageBuilder.Flavor = new[] { Layer, Docker, None }
            .FirstOrDefault(known => known.Equals(imageBuilder.Flavor, StringComparison.OrdinalIgnoreCase))
            ?? throw Invalid(imageBuilder, $"'{imageBuilder.Flavor}' is no flavor of image builder. Use Layer, Docker or None.");
        if (imageBuilder.Flavor != Docker && (imageBuilder.Dockerfile ?? imageBuilder.Target ?? imageBuilder.Endpoint
            ?? imageBuilder.BuildArguments.Keys.FirstOrDefault()) is not null)
        {
            throw Invalid(imageBuilder, "-Dockerfile, -Target, -BuildArgument and -Endpoint belong to the flavor Docker, and this one's is "
                + $"{imageBuilder.Flavor}. Leave them out, or use -Flavor Docker.");
        }

        try
        {
            WorkingFolder.Normalise(imageBuilder.WorkingDir);
            ImagePlatform.Parse(imageBuilder.Platform);
            if (imageBuilder.Endpoint is not null)
            {
                EngineEndpoint.Parse(imageBuilder.Endpoint);
            }
        }
        catch (ImageBuildException wrong)
        {
            throw Invalid(imageBuilder, wrong.Message);
        }
    }

    private static ConfigurationException Invalid(ImageBuilder imageBuilder, string message) =>
        new(ErrorIds.InvalidImageBuilder, message) { Target = imageBuilder.Name };
}
