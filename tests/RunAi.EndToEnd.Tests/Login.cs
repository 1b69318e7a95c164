using RunAi.Images;
using RunAi.Secrets;

namespace RunAi.EndToEnd.Tests;

/// <summary>One credential for every registry, or none.</summary>
internal sealed class Login(string? user, string? password) : IRegistryCredentials
{
    public Task<RegistryCredential?> FindAsync(string registry, string repository, CancellationToken ct) =>
        Task.FromResult(user is null ? null : new RegistryCredential(user, new SecretText(password!)));

    public bool AllowsHttp(string registry) => false;
}
