using System.Globalization;
using System.Text;

namespace RunAi.Redaction;

/// <summary>
/// A text as bytes of UTF-8, each kept as one char, that know where in the text they come from. Escapes are undone one layer of one kind at
/// a time, since a secret may hold what is an escape elsewhere; so it is found whatever a server or serialiser made of its characters.
/// </summary>
internal sealed class Spelling
{
    /// <summary>What an escape of each kind begins with.</summary>
    private static readonly char[] Starts = ['%', '\\', '&'];

    private readonly string _bytes;
    private readonly int[]? _starts;
    private readonly int[]? _ends;

    /// <param name="bytes">The bytes.</param>
    /// <param name="starts">Where in the text each begins; null where each is the char of its place.</param>
    /// <param name="ends">Where in the text each ends.</param>
    private Spelling(string bytes, int[]? starts, int[]? ends)
    {
        _bytes = bytes;
        _starts = starts;
        _ends = ends;
    }

    /// <summary>The text as it is.</summary>
    public static Spelling Of(string text)
    {
        if (text.All(static c => c < 0x80))
        {
            return new Spelling(text.Replace('+', ' '), null, null);
        }

        var target = new Builder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var length = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? 2 : 1;
            target.Add(text.Substring(i, length), i, i + length);
            i += length;
        }

        return target.Build();
    }

    /// <summary>The form in which <see cref="Find"/> takes what it looks for. Forms write a blank as a plus, so both are one.</summary>
    public static string Needle(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(b => (char)b)).Replace('+', ' ');

    /// <summary>Adds where in the text a needle stands.</summary>
    public void Find(string needle, ICollection<(int Start, int End)> found)
    {
        for (var at = _bytes.IndexOf(needle, StringComparison.Ordinal);
            at >= 0;
            at = _bytes.IndexOf(needle, at + needle.Length, StringComparison.Ordinal))
        {
            found.Add((Start(at), End(at + needle.Length - 1)));
        }
    }

    /// <summary>The text with one layer of escapes undone, once for each kind that it has: those of URLs, JSON and HTML.</summary>
    public IEnumerable<Spelling> Unescaped() => Starts.Select(Unescaped).OfType<Spelling>();

    private Spelling? Unescaped(char start)
    {
        if (_bytes.IndexOf(start) < 0)
        {
            return null;
        }

        var target = new Builder(_bytes.Length);
        var hasAny = false;
        for (var i = 0; i < _bytes.Length;)
        {
            var (text, isByte, length) = _bytes[i] == start ? Read(i) : (_bytes[i].ToString(), true, 1);
            hasAny |= length > 1;
            if (isByte)
            {
                target.AddByte(text[0], Start(i), End(i + length - 1));
            }
            else
            {
                target.Add(text, Start(i), End(i + length - 1));
            }

            i += length;
        }

        return hasAny ? target.Build() : null;
    }

    private int Start(int at) => _starts is null ? at : _starts[at];

    private int End(int at) => _ends is null ? at + 1 : _ends[at];

    /// <summary>What stands at a place: characters or one byte, and over how many bytes they are written.</summary>
    private (string Text, bool IsByte, int Length) Read(int at) => _bytes[at] switch
    {
        '%' when Hex(at + 1, 2) is { } value => (((char)value).ToString(), true, 3),
        '\\' when at + 1 < _bytes.Length => ReadBackslash(at),
        '&' when ReadEntity(at) is { } entity => (entity.Text, false, entity.Length),
        var other => (other.ToString(), true, 1),
    };

    private (string Text, bool IsByte, int Length) ReadBackslash(int at)
    {
        const string Letters = "nrtbf";
        const string Meant = "\n\r\t\b\f";
        var next = _bytes[at + 1];
        if (next == 'u' && Hex(at + 2, 4) is { } unit)
        {
            var isPair = char.IsHighSurrogate((char)unit) && at + 7 < _bytes.Length && _bytes[at + 6] == '\\' && _bytes[at + 7] == 'u';
            return isPair && Hex(at + 8, 4) is { } low && char.IsLowSurrogate((char)low)
                ? (new string([(char)unit, (char)low]), false, 12)
                : (((char)unit).ToString(), false, 6);
        }

        return next == 'x' && Hex(at + 2, 2) is { } value ? (((char)value).ToString(), false, 4)
            : Letters.IndexOf(next) is var letter and >= 0 ? (Meant[letter].ToString(), true, 2)
            : next is '"' or '\\' or '/' or '\'' ? (next.ToString(), true, 2)
            : ("\\", true, 1);
    }

    private (string Text, int Length)? ReadEntity(int at)
    {
        const int Longest = 10;
        var end = _bytes.IndexOf(';', at, Math.Min(Longest, _bytes.Length - at));
        if (end < 0)
        {
            return null;
        }

        var name = _bytes.Substring(at + 1, end - at - 1);
        var text = name switch
        {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "apos" => "'",
            _ => Numbered(name),
        };
        return text is null ? null : (text, end - at + 1);
    }

    private static string? Numbered(string name)
    {
        var isHex = name.StartsWith("#x", StringComparison.OrdinalIgnoreCase);
        return name.Length > 1 && name[0] == '#'
            && int.TryParse(
                name.Substring(isHex ? 2 : 1), isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture,
                out var code)
            && code is > 0 and < 0x110000 and not (>= 0xD800 and < 0xE000)
                ? char.ConvertFromUtf32(code)
                : null;
    }

    private int? Hex(int at, int digits) =>
        at + digits <= _bytes.Length
        && int.TryParse(_bytes.Substring(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    private sealed class Builder
    {
        private readonly StringBuilder _bytes;
        private readonly List<int> _starts;
        private readonly List<int> _ends;

        public Builder(int capacity)
        {
            _bytes = new StringBuilder(capacity);
            _starts = new List<int>(capacity);
            _ends = new List<int>(capacity);
        }

        public void Add(string text, int start, int end)
        {
            if (text.Length == 1 && text[0] < 0x80)
            {
                AddByte(text[0], start, end);
                return;
            }

            foreach (var part in Encoding.UTF8.GetBytes(text))
            {
                AddByte((char)part, start, end);
            }
        }

        public void AddByte(char value, int start, int end)
        {
            _bytes.Append(value);
            _starts.Add(start);
            _ends.Add(end);
        }

        public Spelling Build() => new(_bytes.ToString().Replace('+', ' '), [.. _starts], [.. _ends]);
    }
}
