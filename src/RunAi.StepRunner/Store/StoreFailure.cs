namespace RunAi.StepRunner.Store;

/// <summary>What to do about a failure.</summary>
internal enum StoreFailure
{
    /// <summary>The store cannot be reached, or is not well: tried again for long.</summary>
    Away,

    /// <summary>It refuses the address, which most often has expired: tried again for moments only.</summary>
    Refused,

    /// <summary>There is no such object.</summary>
    NotFound,

    /// <summary>The request is wrong: never tried again.</summary>
    Rejected,
}
