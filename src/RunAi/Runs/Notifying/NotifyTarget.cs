using RunAi.Secrets;

namespace RunAi.Runs;

/// <summary>
/// Where the end of a run is told: a reference to a secret that holds the address of a web hook, and before it the form of the message, as
/// in
/// <c>teams:{{hooks.runs}}</c>. The address itself lets anybody write there, so it is never kept.
/// </summary>
/// <param name="Shape">The form.</param>
/// <param name="Address">The reference.</param>
internal sealed record NotifyTarget(NotifyShape Shape, SecretReference Address)
{
    private static readonly (string Prefix, NotifyShape Shape)[] Prefixes =
        [("teams:", NotifyShape.Teams), ("slack:", NotifyShape.Slack), ("webhook:", NotifyShape.Webhook), ("", NotifyShape.Webhook)];

    /// <summary>Reads a target.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <exception cref="RunAiException"><see cref="ErrorIds.InvalidNotification"/>.</exception>
    public static NotifyTarget Parse(string text)
    {
        var (prefix, shape) = Prefixes.First(known => text.StartsWith(known.Prefix, StringComparison.OrdinalIgnoreCase));
        if (SecretReference.TryParse(text.Substring(prefix.Length), out var address, out _))
        {
            return new NotifyTarget(shape, address);
        }

        // The text may be the address itself, which is a secret: it is not repeated.
        throw new RunAiException(
            ErrorIds.InvalidNotification,
            "-Notify takes a reference to the secret that holds the address of a web hook, such as {{env:RUNS_WEBHOOK}} or {{hooks.runs}}; "
            + "teams: or slack: before it chooses the form of the message. An address itself is refused, since it would be "
            + "kept with the run.");
    }

    /// <summary>The target as it is written; it holds no secret.</summary>
    public override string ToString() =>
        Shape == NotifyShape.Webhook ? Address.ToString() : $"{Prefixes.First(known => known.Shape == Shape).Prefix}{Address}";
}
