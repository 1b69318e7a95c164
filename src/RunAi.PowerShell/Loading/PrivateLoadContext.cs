using System.Reflection;
using System.Runtime.Loader;

namespace RunAi.PowerShell.Loading;

/// <summary>
/// The route on PowerShell 7: the library and every third-party assembly it needs load into a context of their own, so that other modules
/// may load other versions of Newtonsoft.Json, Polly or Azure.Core beside them.
/// The default context is only ever asked for the library itself.
/// </summary>
internal sealed class PrivateLoadContext : AssemblyLoadContext
{
    private const string LibraryName = "RunAi";

    private readonly AssemblyFolders _folders;

    private PrivateLoadContext(AssemblyFolders folders)
        : base("RunAi") => _folders = folders;

    public static void Register()
    {
        var own = Path.GetDirectoryName(typeof(PrivateLoadContext).Assembly.Location)!;
        var context = new PrivateLoadContext(AssemblyFolders.Of(own));
        Default.Resolving += (_, name) => name.Name == LibraryName ? context.LoadFromAssemblyName(name) : null;
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        _folders.Find(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
}
