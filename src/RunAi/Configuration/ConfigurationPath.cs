using RunAi.Files;

namespace RunAi.Configuration;

/// <summary>
/// Where the configuration file is: <c>RUNAI_CONFIG</c>, else <c>RunAi/runai.json</c> in the user's configuration folder
/// (%APPDATA%; $XDG_CONFIG_HOME or ~/.config; ~/Library/Application Support).
/// </summary>
internal static class ConfigurationPath
{
    public const string Variable = "RUNAI_CONFIG";

    /// <summary>The full path of the configuration file. It need not exist.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    /// <exception cref="ConfigurationException">The user has no configuration folder and the variable is not set.</exception>
    public static string Resolve(Func<string, string?> environment)
    {
        var given = environment(Variable);
        if (!string.IsNullOrWhiteSpace(given))
        {
            return FullPath.Of(given!.Trim(), ErrorIds.ConfigurationInvalid);
        }

        var folder = Environment.GetFolderPath(
            Environment.SpecialFolder.ApplicationData,
            Environment.SpecialFolderOption.DoNotVerify);
        return folder.Length > 0
            ? Path.Combine(folder, "RunAi", "runai.json")
            : throw new ConfigurationException(
                ErrorIds.ConfigurationInvalid,
                $"This user has no configuration folder. Set the environment variable {Variable} to the path of a file, or register with "
                + "-Scope Session, which needs none.");
    }
}
