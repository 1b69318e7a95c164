namespace RunAi.Secrets;

/// <summary>What a reference is resolved for: it decides which half of a credential is meant.</summary>
internal enum SecretIntent
{
    /// <summary>A client secret or password: the password of a credential.</summary>
    Secret,

    /// <summary>An access token of the control plane, which needs no exchange.</summary>
    AccessToken,

    /// <summary>A client id: the user name of a credential.</summary>
    ClientId,
}
