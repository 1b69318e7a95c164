using System.ComponentModel;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using RunAi.Json;
using RunAi.Processes;
using RunAi.Redaction;
using RunAi.Secrets;

namespace RunAi.Images;

/// <summary>Runs Docker's credential helpers: <c>docker-credential-NAME get</c>, the registry on its input, JSON on its output.</summary>
internal sealed class CredentialHelper
{
    private static readonly Regex NameForm = new(@"\A[A-Za-z0-9][A-Za-z0-9._-]*\z", RegexOptions.CultureInvariant);
    private static readonly Regex Absent = new("not found", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TimeProvider _time;

    public CredentialHelper(TimeProvider time) => _time = time;

    /// <summary>What the helper keeps for a registry, or null.</summary>
    /// <exception cref="DockerLoginException">It is missing, fails or does not end.</exception>
    public async Task<RegistryCredential?> GetAsync(string name, string registry, CancellationToken ct)
    {
        if (!NameForm.IsMatch(name))
        {
            throw Failed(name, "has a name that is no program's");
        }

        var (code, output) = await RunAsync(name, registry, ct).ConfigureAwait(false);
        if (code != 0)
        {
            return Absent.IsMatch(output)
                ? null
                : throw Failed(name, $"ended with exit code {code} ({CleanText.Of(output, 200)})");
        }

        try
        {
            var answer = StrictJson.Parse(output);
            return (string?)answer["Username"] is { } user && (string?)answer["Secret"] is { Length: > 0 } secret
                ? new RegistryCredential(user, new SecretText(secret))
                : null;
        }
        catch (JsonException)
        {
            // The reader's words would quote the secret.
            throw Failed(name, "did not answer with a JSON object");
        }
    }

    private async Task<(int Code, string Output)> RunAsync(string name, string registry, CancellationToken ct)
    {
        try
        {
            var program = new ChildProgram(_time, Patience);
            return await program.RunAsync("docker-credential-" + name, "get", registry + "\n", ct).ConfigureAwait(false)
                ?? throw Failed(name, $"did not end within {Patience.TotalSeconds:0} s");
        }
        catch (Exception cause) when (cause is Win32Exception or PlatformNotSupportedException)
        {
            throw Failed(name, $"could not be started: {cause.Message}");
        }
    }

    private static DockerLoginException Failed(string name, string how) => new(
        $"Docker's credential helper 'docker-credential-{CleanText.Of(name, 60)}' {how}. Install or repair it, correct Docker's "
        + "config.json, or register the registry with a credential of its own: Register-RunAiContainerRegistry NAME -Uri HOST/REPOSITORY "
        + "-Credential '{{name}}'.",
        name);
}
