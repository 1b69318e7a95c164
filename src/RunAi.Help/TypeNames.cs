namespace RunAi.Help;

/// <summary>Names of types as PowerShell shows them.</summary>
internal static class TypeNames
{
    /// <summary>The full name of a type, with what is in a list or may be absent.</summary>
    public static string Full(Type type) => Named(type, static plain => plain.FullName!);

    /// <summary>The name without its namespace.</summary>
    public static string Short(Type type) =>
        Named(type, static plain => plain == typeof(System.Collections.IDictionary) ? "Hashtable" : plain.Name);

    private static string Named(Type type, Func<Type, string> name) =>
        type.IsArray ? Named(type.GetElementType()!, name) + "[]" : name(Nullable.GetUnderlyingType(type) ?? type);
}
