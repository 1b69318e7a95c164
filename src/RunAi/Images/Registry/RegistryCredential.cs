using System.Diagnostics;
using System.Text;
using RunAi.Redaction;
using RunAi.Secrets;

namespace RunAi.Images;

/// <summary>A user name and password for one registry, or the identity token that <c>docker login</c> got in their place.</summary>
[DebuggerDisplay("{UserName}")]
internal sealed class RegistryCredential
{
    /// <summary>The user name that Docker's credential helpers give with an identity token.</summary>
    private const string TokenUser = "<token>";

    public RegistryCredential(string userName, SecretText password)
    {
        UserName = userName;
        Password = password;
        KnownSecrets.Remember(password.Reveal());
        KnownSecrets.Remember(Basic());
    }

    public string UserName { get; }

    public SecretText Password { get; }

    public bool IsIdentityToken => UserName == TokenUser;

    public static RegistryCredential OfIdentityToken(string token) => new(TokenUser, new SecretText(token));

    /// <summary>The parameter of a Basic authorization (RFC 7617).</summary>
    public string Basic() => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{UserName}:{Password.Reveal()}"));

    public override string ToString() => $"{UserName}:***";
}
