using System.Management.Automation;

namespace RunAi.PowerShell.Loading;

/// <summary>
/// What happens at import: the route to the private assemblies is registered, once for the process however often and in
/// however many runspaces the module is imported. Nothing is loaded and no file is read.
/// </summary>
public sealed class ModuleLoader : IModuleAssemblyInitializer
{
    private static readonly Lazy<bool> Registered = new(Register);

    /// <summary>
    /// Called by PowerShell at every import, before any command of the module can run. Imports at once wait for the first.
    /// </summary>
    public void OnImport() => _ = Registered.Value;

    private static bool Register()
    {
#if NETFRAMEWORK
        DesktopResolver.Register();
#else
        PrivateLoadContext.Register();
#endif
        return true;
    }
}
