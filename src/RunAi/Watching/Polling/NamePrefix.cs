namespace RunAi.Watching;

/// <summary>What the names of many workloads begin with.</summary>
internal static class NamePrefix
{
    /// <summary>A shorter one filters out too little.</summary>
    private const int Shortest = 4;

    /// <summary>What all names begin with; null when a name is not known, or it is too short for a filter.</summary>
    public static string? Of(IEnumerable<string?> names)
    {
        string? common = null;
        foreach (var name in names)
        {
            if (name is null)
            {
                return null;
            }

            common ??= name;
            var length = 0;
            while (length < common.Length && length < name.Length && common[length] == name[length])
            {
                length++;
            }

            if (length < Shortest)
            {
                return null;
            }

            common = common.Substring(0, length);
        }

        return common is { Length: >= Shortest } ? common : null;
    }
}
