using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace RunAi.PowerShell.Binding;

/// <summary>Completes the flavors of image builders and the platforms of images.</summary>
public sealed class ImageWordCompleter : IArgumentCompleter
{
    private static readonly (string, string)[] Flavors =
    [
        ("Layer", "Code as a layer on a base image, without a container engine"),
        ("Docker", "A Dockerfile, built by Docker or Podman"),
        ("None", "No image is built"),
    ];

    private static readonly (string, string)[] Platforms = [("linux/amd64", "Intel and AMD"), ("linux/arm64", "Arm, such as Grace")];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completion.Of(parameterName == "Platform" ? Platforms : Flavors, wordToComplete);
}
