using Mono.Cecil;

namespace RunAi.Tests;

/// <summary>
/// The assemblies that ship for Windows PowerShell, judged as they lie there: there are no binding redirects for a module, so each
/// reference has to be met by a file of the module, by .NET Framework 4.7.2 or by PowerShell, and by its members too.
/// </summary>
public sealed class ShippedFolderTests : IDisposable
{
    // Its reference assembly of 4.7.2 is 4.0.2.0. The runtime has one of its own and sends newer requests there.
    private const string UnifiedByTheRuntime = "System.ValueTuple";

    private readonly ShippedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void References_AreMetByWhatShipsOrTheFramework()
    {
        var wrong = new List<string>();
        foreach (var assembly in _folder.Files)
        {
            foreach (var wanted in assembly.MainModule.AssemblyReferences)
            {
                var found = _folder.Resolve(wanted.Name);
                if (found is null)
                {
                    wrong.Add($"{assembly.Name.Name} asks for {wanted.FullName}, which is nowhere");
                }
                else if (!found.Name.PublicKeyToken.SequenceEqual(wanted.PublicKeyToken) && wanted.Name != "System.Management.Automation")
                {
                    wrong.Add($"{assembly.Name.Name} asks for {wanted.FullName}, whose key is another's: {found.Name.FullName}");
                }
                else if (wanted.Version > found.Name.Version && wanted.Name != UnifiedByTheRuntime)
                {
                    wrong.Add($"{assembly.Name.Name} asks for {wanted.FullName}, newer than {found.Name.FullName}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.True(_folder.Files.Count > 30, "The folder is not the one that ships.");
    }

    [Fact]
    public void TypesAndMembers_AreThere()
    {
        var missing = new List<string>();
        var count = 0;
        foreach (var module in _folder.Files.Select(assembly => assembly.MainModule))
        {
            foreach (var type in module.GetTypeReferences())
            {
                count++;
                if (Resolved(type.Resolve) is null)
                {
                    missing.Add($"{module.Name}: type {type.FullName} of {type.Scope.Name}");
                }
            }

            foreach (var member in module.GetMemberReferences().Where(member => member.DeclaringType is not ArrayType))
            {
                count++;
                if (Resolved(member.Resolve) is null)
                {
                    missing.Add($"{module.Name}: {member.FullName} of {member.DeclaringType.Scope.Name}");
                }
            }
        }

        Assert.Empty(missing);
        Assert.True(count > 10_000, $"Only {count} references were looked at.");
    }

    /// <summary>PowerShell reads all public types of a module's assembly before it lets the module register a resolver.</summary>
    [Fact]
    public void PublicTypesOfTheCommandAssembly_NeedNoDependencyToBeRead()
    {
        var commands = _folder.Resolve("RunAi.PowerShell")!;
        var exported = commands.MainModule.Types.Where(type => type.IsPublic).ToArray();

        var needed = exported.SelectMany(type => Layout(type).Select(part => (Type: type, Part: part)))
            .Where(pair => pair.Part.Resolve() is { } part && _folder.IsDependency(part.Module.Assembly))
            .Select(pair => $"{pair.Type.FullName} needs {pair.Part.FullName}");

        Assert.Empty(needed);
        Assert.True(exported.Length > 60, "The assembly is not the one with the commands.");
    }

    /// <summary>What the runtime loads to make a type: its bases, its interfaces and what it holds by value.</summary>
    private static IEnumerable<TypeReference> Layout(TypeDefinition type)
    {
        for (var part = type; part is not null; part = part.BaseType?.Resolve())
        {
            if (part.BaseType is { } parent)
            {
                yield return parent;
            }

            foreach (var reference in part.Interfaces.Select(implemented => implemented.InterfaceType)
                .Concat(part.Fields.Select(field => field.FieldType).Where(held => held.IsValueType)))
            {
                yield return reference;
            }
        }
    }

    private static T? Resolved<T>(Func<T?> resolve)
        where T : class
    {
        try
        {
            return resolve();
        }
        catch (AssemblyResolutionException)
        {
            // The other test names it.
            return null;
        }
    }
}
