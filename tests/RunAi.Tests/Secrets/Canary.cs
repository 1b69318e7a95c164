using RunAi.Secrets;

namespace RunAi.Tests.Secrets;

/// <summary>A secret that must not be seen.</summary>
internal sealed class Canary
{
    public SecretText Text { get; } = new("canary-value");
}
