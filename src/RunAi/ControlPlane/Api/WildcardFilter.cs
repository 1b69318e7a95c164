using System.Text;

namespace RunAi.ControlPlane;

/// <summary>
/// Says a pattern of PowerShell (<c>* ? [ ]</c>, with <c>`</c> before what is meant literally) in the API's filter language, which
/// knows exact, beginning, end and part. What it cannot express is left to whoever asked.
/// </summary>
internal static class WildcardFilter
{
    /// <summary>Filters that all names of the pattern pass, and whether only they do.</summary>
    public static (IReadOnlyList<string> Filters, bool IsExact) Of(string field, string pattern)
    {
        var (pieces, onlyStars) = Split(pattern);
        if (pieces.Count == 1)
        {
            return Filter.CanExpress(pieces[0]) ? ([Filter.Equal(field, pieces[0])], true) : ([], false);
        }

        List<string> filters = [];
        for (var i = 0; i < pieces.Count; i++)
        {
            if (pieces[i].Length > 0 && Filter.CanExpress(pieces[i]))
            {
                filters.Add(i == 0 ? Filter.StartsWith(field, pieces[i])
                    : i == pieces.Count - 1 ? Filter.EndsWith(field, pieces[i])
                    : Filter.Contains(field, pieces[i]));
            }
        }

        // Two pieces could overlap in a name: a*a does not mean "a".
        var literals = pieces.Count(static piece => piece.Length > 0);
        return (filters, onlyStars && literals <= 1 && filters.Count == literals);
    }

    /// <summary>The literal pieces between wildcards: one for no wildcard, empty ones at a wildcard's end.</summary>
    private static (List<string> Pieces, bool OnlyStars) Split(string pattern)
    {
        List<string> pieces = [];
        var piece = new StringBuilder();
        var onlyStars = true;
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '`' when i + 1 < pattern.Length:
                    piece.Append(pattern[++i]);
                    break;
                case '*':
                    pieces.Add(Taken(piece));
                    break;
                case '?':
                    onlyStars = false;
                    pieces.Add(Taken(piece));
                    break;
                case '[' when pattern.IndexOf(']', i + 1) is var end and > 0:
                    onlyStars = false;
                    pieces.Add(Taken(piece));
                    i = end;
                    break;
                default:
                    piece.Append(pattern[i]);
                    break;
            }
        }

        pieces.Add(Taken(piece));
        return (pieces, onlyStars);
    }

    private static string Taken(StringBuilder piece)
    {
        var text = piece.ToString();
        piece.Clear();
        return text;
    }
}
