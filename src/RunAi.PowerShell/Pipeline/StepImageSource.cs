using RunAi.Images;
using RunAi.PowerShell.Loading;
using RunAi.Secrets;

namespace RunAi.PowerShell.Pipeline;

/// <summary>Puts together what makes images in this session: the user's registries and vault, the module's step runner, the cache.</summary>
internal static class StepImageSource
{
    public static StepImages In(WorkContext context)
    {
        var credentials = new RegistryCredentials(
            Configuration.ContainerRegistries.Get(),
            new SecretResolver(context.Vault, Environment.GetEnvironmentVariable),
            new DockerLogin(Environment.GetEnvironmentVariable, new CredentialHelper(TimeProvider.System)));
        var cache = new LayerCache(LayerCache.FolderOfUser(Environment.GetEnvironmentVariable), TimeProvider.System);
        return new StepImages(RegistryTransport.Default, credentials, new StepRunnerFiles(ModuleFolder.StepRunner), cache, context.Log);
    }
}
