namespace RunAi.Content;

/// <summary>Which symbolic links a folder may hold: those that stay in it.</summary>
internal static class LinkRules
{
    /// <summary>Whether a link leads to a place outside the folder it is in.</summary>
    /// <param name="name">The link's path in the folder, with <c>/</c> between its parts.</param>
    /// <param name="target">Where it leads, as it says so itself.</param>
    public static bool LeadsOut(string name, string target)
    {
        if (target.Length == 0 || target[0] is '/' or '\\' || target.Contains(':'))
        {
            return true;
        }

        var depth = name.Split('/').Length - 1;
        foreach (var part in target.Split('/', '\\'))
        {
            depth += part switch { "" or "." => 0, ".." => -1, _ => 1 };
            if (depth < 0)
            {
                return true;
            }
        }

        return false;
    }
}
