using System.Reflection;

namespace RunAi.PowerShell.Loading;

/// <summary>
/// The route on Windows PowerShell 5.1, where there are no load contexts and a module has no binding redirects: what the
/// runtime cannot find is looked for in the module's own <c>deps</c> folder, and only for requests that come from there.
/// </summary>
internal static class DesktopResolver
{
    private static readonly string OwnFolder = Path.GetDirectoryName(typeof(DesktopResolver).Assembly.Location)!;

    public static void Register() => AppDomain.CurrentDomain.AssemblyResolve += (_, request) => Resolve(request);

    private static Assembly? Resolve(ResolveEventArgs request)
    {
        if (!IsOurs(request.RequestingAssembly))
        {
            return null;
        }

        var path = Path.Combine(OwnFolder, "deps", new AssemblyName(request.Name).Name + ".dll");
        return File.Exists(path) ? Assembly.LoadFrom(path) : null;
    }

    private static bool IsOurs(Assembly? asking) =>
        asking is { IsDynamic: false, Location.Length: > 0 }
        && asking.Location.StartsWith(OwnFolder, StringComparison.OrdinalIgnoreCase);
}
