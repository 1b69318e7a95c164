namespace RunAi.Chaos.Tests.Clients;

/// <summary>How a control plane is reached.</summary>
/// <param name="Uri">Its base URL.</param>
/// <param name="ClientId">The client id.</param>
/// <param name="Secret">The client secret.</param>
/// <param name="Project">The project to submit to.</param>
internal sealed record ChaosAccess(string Uri, string ClientId, string Secret, string Project);
