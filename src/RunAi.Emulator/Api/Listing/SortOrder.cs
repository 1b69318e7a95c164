namespace RunAi.Emulator.Api.Listing;

/// <summary>Texts by code point, numbers and times by value, absent values first.</summary>
internal sealed class SortOrder : IComparer<object?>
{
    public static SortOrder Instance { get; } = new();

    public int Compare(object? x, object? y) => (x, y) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        (string a, string b) => string.CompareOrdinal(a, b),
        _ => ((IComparable)x).CompareTo(y),
    };
}
