using System.Globalization;

namespace RunAi.StepRunner.Execution;

/// <summary>
/// The processes that a command left behind outside of its own group, such as a daemon with a session of its own. They have become children
/// of the runner, and hold the command's output open as long as they live.
/// </summary>
internal static class Leftovers
{
    private const string Processes = "/proc";

    /// <summary>Their ids; none where the system does not list processes.</summary>
    public static IReadOnlyList<int> Find()
    {
        var parents = new Dictionary<int, int>();
        try
        {
            foreach (var folder in Directory.EnumerateDirectories(Processes))
            {
                if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                    && ParentOf(folder) is { } parent)
                {
                    parents[id] = parent;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }

        return [.. parents.Keys.Where(id => IsBelow(id, Environment.ProcessId, parents))];
    }

    /// <summary>Sends a signal to each. That one is gone already is no error.</summary>
    public static void Signal(IEnumerable<int> ids, int signal)
    {
        foreach (var id in ids)
        {
            _ = NativeMethods.Kill(id, signal);
        }
    }

    private static bool IsBelow(int id, int ancestor, Dictionary<int, int> parents)
    {
        // A list that is read while processes come and go may hold a ring.
        for (var steps = 0; steps < parents.Count && parents.TryGetValue(id, out var parent); steps++, id = parent)
        {
            if (parent == ancestor)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The fourth field, after the name, which may hold anything; null for a process that has ended.</summary>
    private static int? ParentOf(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            var fields = text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return fields.Length > 1 && fields[0] != "Z"
                && int.TryParse(fields[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parent)
                ? parent
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
