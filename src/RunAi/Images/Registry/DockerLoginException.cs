namespace RunAi.Images;

/// <summary>
/// What <c>docker login</c> keeps cannot be read: a file of it is broken, or a credential helper is missing or fails. The registry may
/// serve without a credential, so this is no refusal yet.
/// </summary>
internal sealed class DockerLoginException : RunAiException
{
    /// <param name="message">What cannot be read, why, and what to do; it quotes no file and no helper's answer.</param>
    /// <param name="target">The file or the helper.</param>
    public DockerLoginException(string message, string target)
        : base(ErrorIds.RegistryAuthenticationFailed, message) =>
        Target = target;
}
