namespace RunAi.Quickstart.Hosting;

/// <summary>
/// The two output streams of this process. Writers on several threads take turns, and text never lands in the middle of
/// the progress line.
/// </summary>
internal sealed class Terminal
{
    public const int DefaultWidth = 120;

    // https://no-color.org
    private readonly bool _coloured =
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    private readonly Lock _turn = new();
    private string _transient = "";

    /// <summary>Whether standard output is a terminal.</summary>
    public bool IsLive { get; } = !Console.IsOutputRedirected;

    /// <summary>
    /// Whether escape sequences in the engine's output reach a terminal that knows them: .NET leaves a Windows console as it
    /// is, every other terminal does.
    /// </summary>
    public bool TakesEscapes => _coloured && !OperatingSystem.IsWindows();

    /// <summary>Columns a line may have.</summary>
    public int Width => IsLive && Console.WindowWidth > 0 ? Console.WindowWidth : DefaultWidth;

    /// <summary>Writes to standard output.</summary>
    public void Write(string text, ConsoleColor? colour = null) => Put(Console.Out, text, colour);

    /// <summary>Writes a line to standard output.</summary>
    public void WriteLine(string text = "", ConsoleColor? colour = null) => Put(Console.Out, text + Environment.NewLine, colour);

    /// <summary>Writes a line to standard error.</summary>
    public void WriteErrorLine(string text, ConsoleColor? colour = null) => Put(Console.Error, text + Environment.NewLine, colour);

    /// <summary>Replaces the line that stays until something else is written; empty takes it away. Only on a terminal.</summary>
    public void ShowTransient(string text)
    {
        lock (_turn)
        {
            var line = text.Length < Width ? text : text[..(Width - 1)];
            Console.Out.Write("\r" + line.PadRight(_transient.Length) + (line.Length == 0 ? "\r" : ""));
            _transient = line;
        }
    }

    private void Put(TextWriter stream, string text, ConsoleColor? colour)
    {
        lock (_turn)
        {
            if (_transient.Length > 0)
            {
                ShowTransient("");
            }

            if (colour is null || !_coloured)
            {
                stream.Write(text);
                return;
            }

            Console.ForegroundColor = colour.Value;
            stream.Write(text);
            Console.ResetColor();
        }
    }
}
