using RunAi.Components;
using RunAi.Configuration;

namespace RunAi.Images;

/// <summary>Image builders in the configuration file, and their rules.</summary>
internal static class ImageBuilders
{
    public const string Layer = "Layer";
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
        },
        Write = (one, json) =>
        {
            ComponentJson.Put(json, "flavor", one.Flavor);
            ComponentJson.Put(json, "workingDir", one.WorkingDir);
            ComponentJson.Put(json, "platform", one.Platform);
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

        one.Flavor = new[] { Layer, None }.FirstOrDefault(known => known.Equals(one.Flavor, StringComparison.OrdinalIgnoreCase))
            ?? throw Invalid(one, one.Flavor.Equals("Docker", StringComparison.OrdinalIgnoreCase)
                ? "The flavor Docker, which builds a Dockerfile, is not in this version. Use -Flavor Layer, which needs no container engine, or build the "
                    + "image yourself and give it with -Image."
                : $"'{one.Flavor}' is no flavor of image builder. Use Layer or None.");
        try
        {
            WorkingFolder.Normalise(one.WorkingDir);
            ImagePlatform.Parse(one.Platform);
        }
        catch (ImageBuildException wrong)
        {
            throw Invalid(one, wrong.Message);
        }
    }

    private static ConfigurationException Invalid(ImageBuilder one, string message) =>
        new(ErrorIds.InvalidImageBuilder, message) { Target = one.Name };
}
