using RunAi.Images;
using RunAi.PowerShell.Loading;

namespace RunAi.PowerShell.Pipeline;

/// <summary>Puts together what makes images in this session: the user's registries and vault, the module's step runner, the cache.</summary>
internal static class StepImageSource
{
    public static StepImages In(WorkContext context)
    {
        var cache = new LayerCache(LayerCache.FolderOfUser(Environment.GetEnvironmentVariable), TimeProvider.System);
        return new StepImages(RegistryTransport.Default, context.RegistryCredentials, new StepRunnerFiles(ModuleFolder.StepRunner), cache, context.Log);
    }
}
