namespace RunAi.Runs;

/// <summary>Which run has the outputs of a cache key.</summary>
internal sealed class CacheEntry
{
    public string RunId { get; set; } = "";

    public int Attempt { get; set; } = 1;
}
