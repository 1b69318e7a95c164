using RunAi.Wording;

namespace RunAi.Artifacts;

/// <summary>Says when signed addresses end before whoever uses them may: what a step writes afterwards is lost.</summary>
internal static class AddressLife
{
    /// <summary>No store signs for longer than this; each keeps a little of a week for clocks that differ.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7) - TimeSpan.FromHours(2);

    /// <summary>What signing itself may take.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    /// <summary>What is at risk; null when the addresses live as long as they are asked to, or as long as any can.</summary>
    /// <param name="signer">What signs them.</param>
    /// <param name="asked">How long they shall live.</param>
    /// <param name="now">The time.</param>
    public static string? Shortfall(IAddressSigner signer, TimeSpan asked, DateTimeOffset now)
    {
        const string Lost = "what a step writes after that (outputs, log, result) is lost. ";
        const string Way = "Sign with a key that is no session's, or end the step before with -WorkloadTimeout.";
        var wanted = asked < Longest ? asked : Longest;
        return signer.EndsWithSession
                ? "The addresses that the step gets are signed with a session token whose end is not known. They end with the session, "
                    + "often after 1 to 12 hours: "
                    + Lost + Way
            : signer.ExpiresAt is { } end && end < now + wanted - Tolerance
                ? $"The addresses that the step gets end at {end:u}, {Durations.Text(end - now)} from now, with the credential that signs "
                    + $"them, and the step may take {Durations.Text(wanted)}: {Lost}{Way}"
            : null;
    }
}
