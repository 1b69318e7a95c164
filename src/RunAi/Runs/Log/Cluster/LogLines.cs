using System.Text;

namespace RunAi.Runs.Log;

/// <summary>Makes lines of the bytes of a log, which come in pieces that end anywhere, also within a character.</summary>
internal sealed class LogLines
{
    /// <summary>A line beyond this is told in pieces, so that a program without line ends fills no memory.</summary>
    private const int MostCharacters = 256 * 1024;

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder _line = new();
    private readonly Action<string> _tell;
    private char[] _characters = new char[4096];

    /// <param name="tell">Gets each line, without its end.</param>
    public LogLines(Action<string> tell) => _tell = tell;

    /// <summary>Takes what comes next.</summary>
    public void Take(byte[] bytes, int offset, int count)
    {
        var needed = Encoding.UTF8.GetMaxCharCount(count);
        if (_characters.Length < needed)
        {
            _characters = new char[needed];
        }

        Take(_decoder.GetChars(bytes, offset, count, _characters, 0, flush: false));
    }

    /// <summary>Tells what is left without a line end.</summary>
    public void Flush()
    {
        Take(_decoder.GetChars([], 0, 0, _characters, 0, flush: true));
        if (_line.Length > 0)
        {
            Tell();
        }
    }

    private void Take(int count)
    {
        for (var from = 0; from < count;)
        {
            var end = Array.IndexOf(_characters, '\n', from, count - from);
            var until = end < 0 ? count : end;
            _line.Append(_characters, from, until - from);
            if (end >= 0 || _line.Length >= MostCharacters)
            {
                Tell();
            }

            from = until + (end < 0 ? 0 : 1);
        }
    }

    private void Tell()
    {
        var line = _line.ToString();
        _line.Clear();
        _tell(line);
    }
}
