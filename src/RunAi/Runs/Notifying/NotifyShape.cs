namespace RunAi.Runs;

/// <summary>The form of a message that tells of a run's end.</summary>
internal enum NotifyShape
{
    /// <summary>One object of our own.</summary>
    Webhook,

    /// <summary>A card, as a workflow of Microsoft Teams takes it from a web hook.</summary>
    Teams,

    /// <summary>A text in Slack's own marks.</summary>
    Slack,
}
