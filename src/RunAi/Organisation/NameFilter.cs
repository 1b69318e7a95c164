namespace RunAi.Organisation;

/// <summary>A name or a pattern of names, and the shell's own way to tell what matches it.</summary>
internal sealed record NameFilter(string Text, Func<string, bool> IsMatch)
{
    /// <summary>All names.</summary>
    public static NameFilter Any { get; } = new("*", static _ => true);
}
