using System.Management.Automation;

namespace RunAi.PowerShell.Loading;

/// <summary>
/// What happens at import: the route to the private assemblies is registered, once for the process however often and in
/// however many runspaces the module is imported. Nothing is loaded and no file is read.
/// </summary>
public sealed class ModuleLoader : IModuleAssemblyInitializer
{
    private static int _registered;

    /// <summary>Called by PowerShell at every import, before any command of the module can run.</summary>
    public void OnImport()
    {
        if (Interlocked.Exchange(ref _registered, 1) == 0)
        {
#if NETFRAMEWORK
            DesktopResolver.Register();
#else
            PrivateLoadContext.Register();
#endif
        }
    }
}
