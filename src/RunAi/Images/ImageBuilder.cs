namespace RunAi;

/// <summary>A named way to make a step's image.</summary>
public sealed class ImageBuilder
{
    /// <summary>The name it is registered under: 1 to 63 of <c>A-Z a-z 0-9 . _ -</c>, a letter or digit first. Case is ignored.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>
    /// <c>Layer</c> puts the source folder on a base image, without a container engine; <c>Docker</c> builds a Dockerfile; <c>None</c>
    /// takes images as they are.
    /// </summary>
    public string Flavor { get; internal set; } = "";

    /// <summary>The folder of the image that the source goes to; null for <c>/workspace</c>.</summary>
    public string? WorkingDir { get; internal set; }

    /// <summary>The platform of the images, such as <c>linux/arm64</c>; null for <c>linux/amd64</c>.</summary>
    public string? Platform { get; internal set; }

    /// <summary>For <c>Docker</c>: the Dockerfile, relative to the source folder; null for <c>Dockerfile</c>.</summary>
    public string? Dockerfile { get; internal set; }

    /// <summary>For <c>Docker</c>: the stage to build; null for the last one.</summary>
    public string? Target { get; internal set; }

    /// <summary>For <c>Docker</c>: values for the Dockerfile's <c>ARG</c> instructions, by name.</summary>
    public IReadOnlyDictionary<string, string> BuildArguments { get; internal set; } = new Dictionary<string, string>();

    /// <summary>For <c>Docker</c>: the container engine; null for <c>DOCKER_HOST</c>, else the usual sockets.</summary>
    public string? Endpoint { get; internal set; }

    /// <summary>The name and the flavor.</summary>
    /// <returns>For example <c>layers (Layer)</c>.</returns>
    public override string ToString() => $"{Name} ({Flavor})";
}
