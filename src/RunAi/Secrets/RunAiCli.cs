using System.ComponentModel;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using RunAi.Json;
using RunAi.Processes;

namespace RunAi.Secrets;

/// <summary>
/// NVIDIA's command line for Run:ai, as somebody is signed in with it: <c>runai auth get-token --output plaintext</c> (2.23 and later)
/// prints that user's access token (docs.nvidia.com/run-ai, reference of the CLI).
/// </summary>
internal sealed class RunAiCli
{
    /// <summary>The program, which is looked for on the PATH.</summary>
    public const string Program = "runai";

    /// <summary>The reference to the token.</summary>
    public const string Reference = "{{cli:runai}}";

    /// <summary>The client id of a session that goes by the token.</summary>
    public const string Identity = "runai-cli";

    /// <summary>How long the program may take, which may ask the control plane.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const string Arguments = "auth get-token --output plaintext";

    private const string OtherWays = "Without it give a service account or access key: -Credential, or a reference such as {{env:NAME}}.";

    private readonly Func<string, string?> _environment;
    private readonly TimeProvider _time;

    /// <param name="environment">Reads an environment variable; null for none.</param>
    /// <param name="time">The clock to wait by.</param>
    public RunAiCli(Func<string, string?> environment, TimeProvider time) => (_environment, _time) = (environment, time);

    /// <summary>Has the program print a token. What it writes is shown nowhere.</summary>
    /// <exception cref="RunAiException">
    /// <see cref="ErrorIds.MissingDependency"/>: it is not on the PATH, or no program can be started here;
    /// <see cref="ErrorIds.CliSignInFailed"/>: it gave no token.
    /// </exception>
    public async Task<SecretText> TokenAsync(CancellationToken ct)
    {
        var file = Find()
            ?? throw Missing($"The program '{Program}' is not on the PATH. Install the Run:ai CLI and sign in with it (runai login).");
        var (exitCode, output) = await RunAsync(file, ct).ConfigureAwait(false)
            ?? throw Failed($"did not end within {Patience.TotalSeconds:0} s, perhaps since it waits for somebody to sign in");
        if (exitCode != 0)
        {
            throw Failed($"ended with exit code {exitCode}, as it does where nobody is signed in, and before version 2.23 of the CLI");
        }

        return TokenIn(output.Trim()) is { Length: > 0 } token
            ? new SecretText(token)
            : throw Failed(output.Trim().Length == 0 ? "printed nothing" : "printed something that is no token");
    }

    private async Task<(int ExitCode, string Output)?> RunAsync(string file, CancellationToken ct)
    {
        try
        {
            return await new ChildProgram(_time, Patience).RunAsync(file, Arguments, "", ct).ConfigureAwait(false);
        }
        catch (Exception cause) when (cause is Win32Exception or PlatformNotSupportedException)
        {
            throw Missing(
                $"'{file}' could not be started: {cause.Message.TrimEnd('.')}. Where a process may start no others, as in a sandbox of "
                + "Azure Automation, nobody can be signed in with the CLI.",
                cause);
        }
    }

    /// <summary>The program's file. The working folder is not looked into, which the system would do first.</summary>
    private string? Find()
    {
        var name = Path.DirectorySeparatorChar == '\\' ? Program + ".exe" : Program;
        return (_environment("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => folder.Trim('"'))
            .Where(folder => folder.Length > 0 && Path.IsPathRooted(folder))
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>
    /// The token: the output itself, or the field of a JSON object, as a credential plugin of kubectl prints it; null when it is neither.
    /// </summary>
    private static string? TokenIn(string output)
    {
        var token = output;
        if (output.Length > 0 && output[0] == '{')
        {
            try
            {
                var read = StrictJson.Parse(output);
                var field = read["token"] ?? read["accessToken"] ?? read["access_token"] ?? (read["status"] as JObject)?["token"];
                token = field is JValue { Value: string text } ? text : "";
            }
            catch (JsonException)
            {
                // The reader's words would quote the token.
                return null;
            }
        }

        return token.Any(static c => c is <= ' ' or >= '\x7f') ? null : token;
    }

    private static RunAiException Missing(string message, Exception? cause = null) =>
        new(ErrorIds.MissingDependency, $"{message} {OtherWays}", cause) { Target = Program };

    private static RunAiException Failed(string how) => new(
        ErrorIds.CliSignInFailed,
        $"'{Program} {Arguments}' {how}. Sign in with: {Program} login  and try the command by hand. {OtherWays}")
    {
        Target = Program,
    };
}
