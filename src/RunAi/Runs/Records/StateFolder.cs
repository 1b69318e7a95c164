using RunAi.Files;

namespace RunAi.Runs;

/// <summary>
/// Where this machine keeps the records of runs: <c>RUNAI_STATE</c>, else <c>RunAi/state</c> in the user's folder for local data.
/// </summary>
internal static class StateFolder
{
    public const string Variable = "RUNAI_STATE";

    /// <summary>The full path of the folder, which need not exist; null for a user without one.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    public static string? Resolve(Func<string, string?> environment)
    {
        var given = environment(Variable);
        if (!string.IsNullOrWhiteSpace(given))
        {
            return FullPath.Of(given!.Trim(), ErrorIds.ConfigurationInvalid);
        }

        var folder = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return folder.Length > 0 ? Path.Combine(folder, "RunAi", "state") : null;
    }
}
