namespace RunAi.Artifacts;

/// <summary>Makes addresses of single objects that need no credential: pre-signed URLs, or paths of a shared folder.</summary>
internal interface IAddressSigner
{
    /// <summary>When the addresses lapse; null for never.</summary>
    DateTimeOffset? ExpiresAt { get; }

    /// <summary>True when they lapse with a session whose end is not known, be that before <see cref="ExpiresAt"/>.</summary>
    bool EndsWithSession { get; }

    /// <summary>Headers that a PUT to such an address needs.</summary>
    IReadOnlyDictionary<string, string> PutHeaders { get; }

    /// <summary>Where the object can be read.</summary>
    string Get(string key);

    /// <summary>Where the object can be written whole.</summary>
    string Put(string key);
}
