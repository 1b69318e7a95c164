using System.Text.RegularExpressions;
using RunAi.ControlPlane;
using RunAi.Secrets;
using RunAi.Steps;
using RunAi.Wording;

namespace RunAi.Operators;

/// <summary>The rules of a step operator's options. All violations are reported at once.</summary>
internal static class StepOperatorValidation
{
    private static readonly Regex Names = new(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,62}\z", RegexOptions.CultureInvariant);
    private static readonly Regex DnsLabels = new(@"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\z", RegexOptions.CultureInvariant);

    /// <summary>Checks the operator, puts its address in normal form, and names the client of a sign-in that has no id.</summary>
    /// <exception cref="StepSettingsException"><see cref="ErrorIds.InvalidStepOperator"/>, with a line for each violation.</exception>
    public static void Check(StepOperator stepOperator)
    {
        if (Blank(stepOperator.ClientId) && SecretReference.TryParse(stepOperator.ClientSecret, out var secret, out _) && secret.IsOfCli)
        {
            // The token says whose it is.
            stepOperator.ClientId = RunAiCli.Identity;
        }

        var violations = Violations(stepOperator).ToArray();
        if (violations.Length > 0)
        {
            throw new StepSettingsException(ErrorIds.InvalidStepOperator, violations) { Target = stepOperator.Name };
        }

        stepOperator.RunAiBaseUrl = BaseUrl.Normalise(stepOperator.RunAiBaseUrl, stepOperator.AllowInsecureHttp).Url!;
    }

    private static IEnumerable<Violation> Violations(StepOperator stepOperator)
    {
        Violation?[] faults =
        [
            Fault(nameof(stepOperator.Name), NameFault(stepOperator.Name)),
            Fault(nameof(stepOperator.RunAiBaseUrl), UnexpandedVariable.Flaw(stepOperator.RunAiBaseUrl)
                ?? BaseUrl.Normalise(stepOperator.RunAiBaseUrl, stepOperator.AllowInsecureHttp).Fault),
            Fault(nameof(stepOperator.ProjectName), ProjectFault(stepOperator.ProjectName)),
            Fault(nameof(stepOperator.ClusterName), ClusterFault(stepOperator.ClusterName)),
            Fault(nameof(stepOperator.ClusterUrl), ClusterUrlFault(stepOperator)),
            Fault(nameof(stepOperator.ClientId), ClientIdFault(stepOperator.ClientId)),
            Fault(nameof(stepOperator.ClientSecret), ClientSecretFault(stepOperator.ClientSecret)),
            Fault(nameof(stepOperator.ImagePullSecretName), PullSecretFault(stepOperator.ImagePullSecretName)),
            Fault(nameof(stepOperator.MonitoringInterval), TimeFault(stepOperator.MonitoringInterval)),
            Fault(nameof(stepOperator.WorkloadTimeout), TimeFault(stepOperator.WorkloadTimeout)),
            Fault(nameof(stepOperator.PendingTimeout), TimeFault(stepOperator.PendingTimeout)),
            Fault(nameof(stepOperator.RunTimeout), TimeFault(stepOperator.RunTimeout)),
            Fault(nameof(stepOperator.Deadline), TimeFault(stepOperator.Deadline)),
        ];
        return faults.OfType<Violation>()
            .Concat(StepSettingsValidation.Violations(stepOperator.DefaultSettings ?? new StepSettings())
                .Select(violation => new Violation($"{nameof(stepOperator.DefaultSettings)}.{violation.Field}", violation.Message)));
    }

    private static Violation? Fault(string field, string? message) => message is null ? null : new Violation(field, message);

    private static string? NameFault(string? name) =>
        Blank(name) ? "is required. Give the step operator a name, for example gpu."
        : Names.IsMatch(name!) ? null
        : $"'{name}' is no name. Use at most 63 letters, digits, dots, underscores and hyphens, a letter or digit first.";

    private static string? ProjectFault(string? name) =>
        Blank(name) ? "is required. Give the name of the Run:ai project." : UnexpandedVariable.Flaw(name!);

    private static string? ClusterFault(string? name) =>
        name is null ? null
        : Blank(name) ? "is empty. Leave it out to take the project's cluster, or give the cluster's name."
        : UnexpandedVariable.Flaw(name);

    private static string? ClusterUrlFault(StepOperator stepOperator) =>
        stepOperator.ClusterUrl is not { } url ? null
        : UnexpandedVariable.Flaw(url)
            ?? (ClusterDomain.Parse(url, stepOperator.AllowInsecureHttp).Fault is { } fault
                ? $"{fault}. Give the cluster's host or address, for example https://gpu.example.org, or leave it out to take the "
                    + "cluster's domain."
                : null);

    private static string? ClientIdFault(string? id) =>
        Blank(id) ? "is required. Give the client id of a service account or access key, or a reference such as "
            + "'{{runai_secret.client_id}}'."
        : (id!.Contains("{{") || id.Contains("}}")) && !SecretReference.TryParse(id, out _, out var problem) ? problem
        : UnexpandedVariable.Flaw(id);

    private static string? ClientSecretFault(string? secret) =>
        Blank(secret) ? "is required. " + SecretWays
        : SecretReference.TryParse(secret, out _, out _) ? null
        : "is not a reference: a secret is not taken as plain text and was not kept. " + SecretWays;

    private const string SecretWays =
        "Either store the secret in a vault (Set-Secret) and give the reference '{{name.key}}', or let RunAi store it by "
        + "giving -Credential or a SecureString; or keep it in an environment variable and give '{{env:NAME}}'.";

    private static string? PullSecretFault(string? name) =>
        name is null || DnsLabels.IsMatch(name) ? null
        : $"'{name}' is no name of an image pull secret. Use at most 63 lower-case letters, digits and hyphens, "
            + "a letter or digit first and last (a DNS label).";

    private static string? TimeFault(TimeSpan? time) =>
        time is null || time > TimeSpan.Zero ? null
        : $"{time} is not above zero. Give a time span or a number of seconds above 0.";

    private static bool Blank(string? text) => string.IsNullOrWhiteSpace(text);
}
