namespace RunAi.ControlPlane;

/// <summary>
/// Walks over the pages of a list. A server that names the next page names none after the last; for one that names none, a page that is not
/// full is the last. A page may be empty and name a next one, where a server leaves out rows that may not be seen: a few of them in a row
/// are walked over, but not for ever, since there are servers that name a next page always.
/// </summary>
internal sealed class PageWalk
{
    /// <summary>So many pages in a row may be empty.</summary>
    public const int MostEmpty = 10;

    private bool _tellsNext;
    private int _empty;

    /// <summary>Where the next page starts.</summary>
    public int Offset { get; private set; }

    /// <summary>Moves on after a page; false when it was the last.</summary>
    /// <param name="count">The rows it had.</param>
    /// <param name="asked">The rows that were asked for.</param>
    /// <param name="next">Where the server says that the next page starts; null when it does not.</param>
    public bool MoveOn(int count, int asked, int? next)
    {
        _empty = count == 0 ? _empty + 1 : 0;
        var isLast = next is null ? count == 0 || _tellsNext || count < asked : next <= Offset || _empty >= MostEmpty;
        _tellsNext |= next is not null;
        Offset = next ?? Offset + count;
        return !isLast;
    }
}
