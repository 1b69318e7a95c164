namespace RunAi.PowerShell.Tests.Engine;

/// <summary>
/// Tests of what is registered, and of what is sent for it. They share one emulator, and so run one after another, beside those of other
/// collections.
/// </summary>
[CollectionDefinition(Name)]
public sealed class RegistrationCollection : ICollectionFixture<EmulatedControlPlane>
{
    public const string Name = "Registrations";
}
