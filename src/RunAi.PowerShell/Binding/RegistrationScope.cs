namespace RunAi.PowerShell;

/// <summary>Where a component is registered.</summary>
public enum RegistrationScope
{
    /// <summary>In the user's configuration file, for all sessions.</summary>
    User,

    /// <summary>In this session (the runspace) alone: nothing of it is on disk, and it is forgotten with the session.</summary>
    Session,
}
