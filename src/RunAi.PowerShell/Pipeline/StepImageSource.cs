using RunAi.Images;
using RunAi.PowerShell.Loading;

namespace RunAi.PowerShell.Pipeline;

/// <summary>Puts together what makes images in this session: the user's registries and vault, the module's step runner, the cache.</summary>
internal static class StepImageSource
{
    public static StepImages In(CommandContext context)
    {
        var cache = new LayerCache(LayerCache.FolderOfUser(context.Session.Variable), context.Session.Time);
        var runner = new StepRunnerFiles(ModuleFolder.StepRunner);
        return new StepImages(
            context.Session.Registries, context.RegistryCredentials, runner, cache, context.Session.Variable, context.Log);
    }
}
