namespace RunAi.Tests.Runs;

/// <summary>Ends a process of a test at its n-th step: from then on nothing it does reaches anything.</summary>
internal sealed class ProcessDeath(int at)
{
    private int _steps;

    /// <summary>Where it died; null while it lives.</summary>
    public string? Where { get; private set; }

    public void Step(string what)
    {
        if (Where is not null || Interlocked.Increment(ref _steps) == at)
        {
            Where ??= what;
            throw new DeathException();
        }
    }

    /// <summary>What comes out of a dead process; nothing of the product catches it.</summary>
    internal sealed class DeathException : Exception;
}
