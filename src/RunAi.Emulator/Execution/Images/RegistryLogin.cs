namespace RunAi.Emulator.Execution.Images;

/// <summary>Who pulls. An identity token stands in for the password where Docker's configuration holds one.</summary>
internal sealed class RegistryLogin(string userName, string password, bool isIdentityToken = false)
{
    public string UserName { get; } = userName;

    public string Password { get; } = password;

    public bool IsIdentityToken { get; } = isIdentityToken;
}
