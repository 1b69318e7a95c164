using Newtonsoft.Json;

namespace RunAi.Json;

/// <summary>
/// Passes a text on that may be JSON. Control characters, which the reader would take as part of a string, end it with an error.
/// </summary>
internal sealed class JsonCharacters : TextReader
{
    private readonly TextReader _text;

    public JsonCharacters(TextReader text) => _text = text;

    public override int Peek() => _text.Peek();

    public override int Read()
    {
        var next = _text.Read();
        return next < 0 ? next : Check((char)next);
    }

    public override int Read(char[] buffer, int index, int count)
    {
        var read = _text.Read(buffer, index, count);
        for (var i = index; i < index + read; i++)
        {
            Check(buffer[i]);
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _text.Dispose();
        }

        base.Dispose(disposing);
    }

    private static char Check(char character) => character < ' ' && character is not ('\t' or '\n' or '\r')
        ? throw new JsonReaderException($"The text holds the control character {(int)character}.")
        : character;
}
