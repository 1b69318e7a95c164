namespace RunAi.ControlPlane;

/// <summary>What sets sessions apart: where, as whom, and where the secret is kept; never the secret itself.</summary>
/// <param name="BaseUrl">The control plane's base URL, normalised.</param>
/// <param name="ClientId">The client id.</param>
/// <param name="SecretReference">The reference to the client secret, such as <c>{{runai_secret.client_secret}}</c>.</param>
internal sealed record SessionKey(string BaseUrl, string ClientId, string SecretReference);
