using System.Reflection;

namespace RunAi.PowerShell.Loading;

/// <summary>
/// The route on Windows PowerShell 5.1, where there are no load contexts and a module has no binding redirects: what the
/// runtime cannot find is looked for in the module's own <c>deps</c> folder.
/// </summary>
internal static class DesktopResolver
{
    private static readonly string OwnFolder = Path.GetDirectoryName(typeof(DesktopResolver).Assembly.Location)!;

    public static void Register() => AppDomain.CurrentDomain.AssemblyResolve += (_, request) => Resolve(request);

    /// <summary>The module's file that answers a request; null when the request is another's.</summary>
    /// <param name="wanted">The assembly that is asked for.</param>
    /// <param name="asking">
    /// The file of the assembly that asks. The runtime does not always say (<see cref="ResolveEventArgs.RequestingAssembly"/> is null for
    /// <c>Assembly.Load</c> of a name and for serializers): then only a request that the module's file fulfils by its identity is answered.
    /// </param>
    /// <param name="folder">The folder of the module's command assembly.</param>
    public static string? Find(AssemblyName wanted, string? asking, string folder)
    {
        var path = Path.Combine(folder, "deps", wanted.Name + ".dll");
        if (!File.Exists(path))
        {
            return null;
        }

        var isOurs = string.IsNullOrEmpty(asking) ? Fulfils(AssemblyName.GetAssemblyName(path), wanted) : IsBelow(folder, asking!);
        return isOurs ? path : null;
    }

    private static Assembly? Resolve(ResolveEventArgs request) =>
        Find(new AssemblyName(request.Name), FileOf(request.RequestingAssembly), OwnFolder) is { } path ? Assembly.LoadFrom(path) : null;

    private static string? FileOf(Assembly? asking) =>
        asking switch
        {
            null => null,
            { IsDynamic: true } => "dynamic",
            { Location.Length: 0 } => "memory",
            _ => asking.Location,
        };

    private static bool IsBelow(string folder, string file) =>
        file.StartsWith(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.OrdinalIgnoreCase);

    private static bool Fulfils(AssemblyName ours, AssemblyName wanted) =>
        (wanted.GetPublicKeyToken() ?? []).SequenceEqual(ours.GetPublicKeyToken() ?? [])
        && (wanted.Version is null || wanted.Version <= ours.Version);
}
