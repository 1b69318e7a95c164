using System.Collections;
using RunAi.StepRunner.Execution;

namespace RunAi.StepRunner;

/// <summary>
/// The variables that programs find their user and home by. A container may run as a user that its image does not know; then they have
/// none, or a home that may not be written to, and programs that keep a cache or ask who they are fail.
/// </summary>
internal static class UserVariables
{
    private const string Users = "/etc/passwd";
    private const string Unknown = "runai";
    private const int NameField = 0;
    private const int IdField = 2;
    private const int HomeField = 5;

    /// <summary>The variables to add: <c>HOME</c>, <c>USER</c> and <c>LOGNAME</c>, as far as they are missing or of no use.</summary>
    /// <param name="inherited">The runner's environment.</param>
    /// <param name="home">The run's folders: a home is made there.</param>
    public static IEnumerable<(string Name, string Value)> Missing(IDictionary inherited, Home home)
    {
        var id = NativeMethods.UserId();
        var entry = EntryOf(id);
        var given = inherited["HOME"] as string;
        if (string.IsNullOrEmpty(given) && entry is not null && IsUsable(entry[HomeField]))
        {
            yield return ("HOME", entry[HomeField]);
        }
        else if (string.IsNullOrEmpty(given) || (entry is null && (!IsUsable(given) || (given == "/" && id != 0))))
        {
            yield return ("HOME", Directory.CreateDirectory(home.User).FullName);
        }

        foreach (var name in (string[])["USER", "LOGNAME"])
        {
            if (string.IsNullOrEmpty(inherited[name] as string))
            {
                yield return (name, entry?[NameField] ?? Unknown);
            }
        }
    }

    private static bool IsUsable(string folder) => NativeMethods.MayAccess(folder, NativeMethods.ToWrite) == 0;

    /// <summary>The user's line in the image's list of users; null for one that it does not know.</summary>
    private static string[]? EntryOf(uint id)
    {
        try
        {
            return File.ReadLines(Users).Select(line => line.Split(':'))
                .FirstOrDefault(fields => fields.Length > HomeField && fields[IdField] == $"{id}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An image without one.
            return null;
        }
    }
}
