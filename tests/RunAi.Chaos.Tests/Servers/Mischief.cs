namespace RunAi.Chaos.Tests.Servers;

/// <summary>What a <see cref="ChaoticRelay"/> does to bytes that pass it.</summary>
internal enum Mischief
{
    /// <summary>The connection ends in both directions, after a part of the bytes.</summary>
    Cut,

    /// <summary>They come later.</summary>
    Delay,

    /// <summary>They come twice.</summary>
    Duplicate,

    /// <summary>One of them is another.</summary>
    Garble,
}
