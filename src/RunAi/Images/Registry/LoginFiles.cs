namespace RunAi.Images;

/// <summary>
/// Where Docker and Podman keep credentials: <c>REGISTRY_AUTH_FILE</c>; <c>config.json</c> in <c>DOCKER_CONFIG</c> or <c>~/.docker</c>; and
/// Podman's <c>containers/auth.json</c> in <c>XDG_RUNTIME_DIR</c>, <c>XDG_CONFIG_HOME</c> or <c>~/.config</c> (containers-auth.json(5)).
/// </summary>
internal static class LoginFiles
{
    /// <summary>The files in the order in which they are asked, be they there or not.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    public static IReadOnlyList<string> In(Func<string, string?> environment)
    {
        var home = Given(environment("HOME")) ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string?[] files =
        [
            Given(environment("REGISTRY_AUTH_FILE")),
            Path.Combine(Given(environment("DOCKER_CONFIG")) ?? Path.Combine(home, ".docker"), "config.json"),
            Given(environment("XDG_RUNTIME_DIR")) is { } runtime ? Path.Combine(runtime, "containers", "auth.json") : null,
            Path.Combine(Given(environment("XDG_CONFIG_HOME")) ?? Path.Combine(home, ".config"), "containers", "auth.json"),
        ];
        return [.. files.OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    private static string? Given(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
