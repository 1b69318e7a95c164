namespace RunAi.StepRunner.Execution;

/// <summary>
/// Chooses the roots that TLS trusts: <c>SSL_CERT_FILE</c> or <c>SSL_CERT_DIR</c> if set, else the image's own bundle, which may hold
/// those of a company, else the one that lies beside the runner.
/// </summary>
internal static class CertificateBundle
{
    private const string Name = "ca-certificates.crt";
    private const string Variable = "SSL_CERT_FILE";

    private static readonly string[] Usual =
    [
        "/etc/ssl/certs/ca-certificates.crt",
        "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/ca-bundle.pem",
        "/etc/ssl/cert.pem",
    ];

    /// <summary>To be called before the first connection. The command's environment does not change.</summary>
    public static void Choose()
    {
        if (IsSet(Variable) || IsSet("SSL_CERT_DIR"))
        {
            return;
        }

        if (Usual.Concat(Beside()).FirstOrDefault(File.Exists) is { } bundle)
        {
            _ = NativeMethods.SetVariable(Variable, bundle, 1);
        }
    }

    private static bool IsSet(string name) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name));

    /// <summary>Without /proc a program does not know where it lies; in images it is always the same place.</summary>
    private static IEnumerable<string> Beside() =>
        new[] { Path.GetDirectoryName(Environment.ProcessPath), Path.GetDirectoryName(RunManifest.Manifest.RunnerPath) }
            .Where(folder => folder is not null)
            .Select(folder => Path.Combine(folder!, Name));
}
