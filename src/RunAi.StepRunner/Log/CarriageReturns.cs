namespace RunAi.StepRunner.Log;

/// <summary>
/// Lines that a program writes anew again and again by carriage returns, as progress bars are: what came before a carriage return is
/// superseded by what follows, as on a terminal. One before the line's end is part of that.
/// </summary>
internal static class CarriageReturns
{
    private const byte Return = (byte)'\r';
    private const byte Escape = 0x1B;

    /// <summary>The last state of a line that is not blank, and whether it supersedes what came before it.</summary>
    /// <param name="line">The line so far, without its end.</param>
    public static (ReadOnlyMemory<byte> State, bool Supersedes) LastState(ReadOnlyMemory<byte> line)
    {
        var end = line.Length;
        while (true)
        {
            var begin = line.Span[..end].LastIndexOf(Return) + 1;
            if (!IsBlank(line.Span[begin..end]))
            {
                return (line[begin..end], begin > 0);
            }

            if (begin == 0)
            {
                // Nothing but blanks.
                return (line[..end], false);
            }

            end = begin - 1;
        }
    }

    /// <summary>True for blanks and what clears a terminal's line.</summary>
    private static bool IsBlank(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == Escape && i + 1 < text.Length && text[i + 1] == (byte)'[')
            {
                i += 2;
                while (i < text.Length && text[i] is < (byte)'@' or > (byte)'~')
                {
                    i++;
                }
            }
            else if (text[i] is not ((byte)' ' or (byte)'\t' or Return))
            {
                return false;
            }
        }

        return true;
    }
}
